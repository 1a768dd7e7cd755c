from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from trainer.ops import backups


class Command(BaseCommand):
    help = "Replaces the database by a backup, and compares the counts. The site must be stopped."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument("--yes", action="store_true", help="replace what the database holds")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        try:
            backups.refuse_while_in_use()
            if not yes and not backups.is_empty():
                raise CommandError(
                    "The database is not empty, and a restore replaces all of it: "
                    "make a backup of it first, then add --yes."
                )
            counts = backups.restore(file)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        self.stdout.write(
            f"Restored from {file}: {sum(counts.values())} rows of {len(counts)} tables, "
            "all counts equal. The next `up` brings an older backup to today's tables, and builds "
            "the mini Twitter's world, which no backup holds."
        )
