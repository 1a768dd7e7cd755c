import time
from argparse import ArgumentParser
from itertools import pairwise
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

from trainer.twitter.discovery.services import learn_embeddings
from trainer.twitter.errors import TwitterError
from trainer.twitter.world import overlays
from trainer.twitter.world.seeding import DEFAULT_NAME


class Command(BaseCommand):
    help = (
        "Learn where a base world's accounts and tweets stand in the space of interests, and keep "
        "it with what else the ranked timeline reads of the world's history. What is there already "
        "is left alone; an interrupted run is begun again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--world", default=DEFAULT_NAME, help=f"default: {DEFAULT_NAME}")
        parser.add_argument("--again", action="store_true", help="also if they are there already")

    def handle(self, *args: Any, world: str, again: bool, **options: Any) -> None:
        steps: list[tuple[str, float]] = []

        def watch(step: str, progress: float) -> None:
            if not steps or steps[-1][0] != step:
                self.stdout.write(f"{progress:4.0%}  {step}")
                self.stdout.flush()
            steps.append((step, time.perf_counter()))

        try:
            is_new = learn_embeddings(overlays.get_base(world), watch, again=again)
        except TwitterError as error:
            raise CommandError(str(error)) from error
        except ProgrammingError as error:
            raise CommandError("There are no tables yet: run `manage.py migrate` first.") from error
        if not is_new:
            self.stdout.write(f"The embeddings of the world {world!r} are there already.")
            return
        self._times([*steps, ("", time.perf_counter())])

    def _times(self, steps: list[tuple[str, float]]) -> None:
        self.stdout.write("\n seconds  step")
        taken: dict[str, float] = {}
        for (step, start), (_, end) in pairwise(steps):
            taken[step] = taken.get(step, 0.0) + end - start
        for step, seconds in taken.items():
            self.stdout.write(f"{seconds:8.1f}  {step}")
        self.stdout.write(f"{steps[-1][1] - steps[0][1]:8.1f}  in all")
