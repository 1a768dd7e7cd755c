import time
from argparse import ArgumentParser
from itertools import pairwise
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg.errors import UndefinedTable

from trainer.twitter.errors import TwitterError
from trainer.twitter.world.follows import celebrity_line, follower_law
from trainer.twitter.world.model import ACCOUNTS
from trainer.twitter.world.seeding import DEFAULT_NAME, WAITING, seed_world
from trainer.twitter.world.sizes import sizes
from trainer.twitter.world.value import DEFAULT_THRESHOLD

CHECKED_AT = (10, 100, 1_000, 10_000, 100_000)  # followers


class Command(BaseCommand):
    help = (
        "Make a base world: a synthetic population with its follows, tweets and engagements. One "
        "that is there already is left alone; what an interrupted run left is removed first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", type=int, default=ACCOUNTS, help=f"default: {ACCOUNTS}")
        parser.add_argument("--seed", type=int, default=1, help="default: 1")
        parser.add_argument("--name", default=DEFAULT_NAME, help=f"default: {DEFAULT_NAME}")

    def handle(self, *args: Any, accounts: int, seed: int, name: str, **options: Any) -> None:
        steps: list[tuple[str, float]] = []

        def watch(step: str, progress: float) -> None:
            steps.append((step, time.perf_counter()))
            self.stdout.write(f"{progress:4.0%}  {step}")
            self.stdout.flush()

        try:
            # In a small world nobody has 100,000 followers: without celebrities all is pushed.
            threshold = min(DEFAULT_THRESHOLD, celebrity_line(accounts))
            world = seed_world(name, accounts, seed, threshold=threshold, watch=watch)
        except TwitterError as error:
            raise CommandError(str(error)) from error
        except UndefinedTable as error:
            raise CommandError("There are no tables yet: run `manage.py migrate` first.") from error
        if all(step == WAITING for step, _ in steps):
            self.stdout.write(f"The world {name!r} is there already, of these accounts and seed.")
            return
        self._times([*steps, ("", time.perf_counter())])
        self._tables(world.id)
        self._followers(world.id, accounts)

    def _times(self, steps: list[tuple[str, float]]) -> None:
        self.stdout.write("\n seconds  step")
        taken: dict[str, float] = {}
        for (step, start), (_, end) in pairwise(steps):
            taken[step] = taken.get(step, 0.0) + end - start
        for step, seconds in taken.items():
            self.stdout.write(f"{seconds:8.1f}  {step}")
        self.stdout.write(f"{steps[-1][1] - steps[0][1]:8.1f}  in all")

    def _tables(self, world_id: int) -> None:
        """Rows of the world, and the size of tables with their indexes."""
        self.stdout.write("\n      rows        MB  table (the first four are shared by all worlds)")
        for size in sizes(world_id):
            self.stdout.write(f"{size.rows:10,}  {size.size_bytes / 1e6:8.1f}  {size.table}")

    def _followers(self, world_id: int, accounts: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT followers_count FROM twitter_account WHERE world_id = %s", [world_id]
            )
            counts = np.array(cursor.fetchall())[:, 0]
        law = follower_law(accounts)
        self.stdout.write(
            f"\nFollowers: a power law with alpha {law.alpha:.3f} from {law.least:,.0f} to "
            f"{law.most:,.0f}; {counts.sum():,} follows.\n\n  followers  accounts  by the law"
        )
        for least in (count for count in CHECKED_AT if count < law.most):
            found, expected = (counts >= least).sum(), law.count_at_or_above(least, accounts)
            self.stdout.write(f"{least:>10,}+  {found:8,}  {expected:10,.1f}")
        self.stdout.write(f"{'mean':>11}  {counts.mean():8.2f}  {law.mean:10.2f}")
