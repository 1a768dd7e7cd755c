from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

from trainer.twitter.errors import TwitterError, UnknownWorld
from trainer.twitter.search.backfill import rebuild
from trainer.twitter.world import overlays
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World


class Command(BaseCommand):
    help = (
        "Bring the search documents in line with the tweets, while searches go on. It may be "
        "stopped and run again; what is right already is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--world",
            metavar="NAME",
            help="a base world by its name, or any by its public id (default: all that are ready)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            worlds = [_named(options["world"])] if options["world"] else _ready()
        except TwitterError as error:
            raise CommandError(str(error)) from error
        except ProgrammingError as error:
            raise CommandError("There are no tables yet: run `manage.py migrate` first.") from error
        if not worlds:
            self.stdout.write("There is no world yet: `manage.py seed_world` makes one.")
        for name, world in worlds:
            self._rebuild(name, world)

    def _rebuild(self, name: str, world: World) -> None:
        shown = -1
        for progress in rebuild(world):
            tenths = 10 * progress.done // max(progress.total, 1)
            if tenths != shown:
                self.stdout.write(f"{name}: {10 * tenths}% of {progress.total:,} tweets")
                shown = tenths
        self.stdout.write(
            f"{name}: {progress.written:,} documents written, {progress.removed:,} removed"
        )


def _named(name: str) -> tuple[str, World]:
    """Raises UnknownBase, WorldNotReady."""
    try:
        return name, overlays.get_world(name)
    except UnknownWorld:
        return name, overlays.get_base(name)


def _ready() -> list[tuple[str, World]]:
    ready = WorldRecord.objects.filter(state=WorldRecord.State.READY).order_by("id")
    names = dict(ready.values_list("id", "name"))
    worlds = overlays.by_ids(list(names))
    return [(name, worlds[world_id]) for world_id, name in names.items() if world_id in worlds]
