from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.world.seeding import DEFAULT_NAME, drop_base


class Command(BaseCommand):
    help = (
        "Remove a base world with all experiments on it, for example to seed it again in another "
        "size. Nothing else is touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=f"of the world; `up` builds the one named {DEFAULT_NAME}")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        if not drop_base(rebuildable(), name):
            raise CommandError(f"There is no world {name!r}.")
        self.stdout.write(f"The world {name!r} is gone, with all experiments on it.")
