from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

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
        name = options["world"]
        try:
            worlds = [_named(name)] if name else _ready()
        except TwitterError as error:
            raise CommandError(str(error)) from error
        for world in worlds:
            self._rebuild(world)

    def _rebuild(self, world: World) -> None:
        shown = -1
        for progress in rebuild(world):
            percent = 100 * progress.done // max(progress.total, 1)
            if percent != shown:
                self.stdout.write(f"{world.public_id}: {percent}% of {progress.total} tweets")
                shown = percent
        self.stdout.write(
            f"{world.public_id}: {progress.written} documents written, {progress.removed} removed"
        )


def _named(name: str) -> World:
    """Raises UnknownWorld, WorldNotReady."""
    try:
        return overlays.get_world(name)
    except UnknownWorld:
        return overlays.get_base(name)


def _ready() -> list[World]:
    ids = WorldRecord.objects.filter(state=WorldRecord.State.READY).values_list("id", flat=True)
    worlds = overlays.by_ids(list(ids))
    return [worlds[world_id] for world_id in sorted(worlds)]
