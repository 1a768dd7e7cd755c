from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from trainer.ops import backups


class Command(BaseCommand):
    help = (
        "Writes the database into one file, but for the mini Twitter's worlds, which can be built "
        "again. The site may go on running."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; replaced when it exists")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            counts = backups.write(file)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        self.stdout.write(
            f"{sum(counts.values())} rows of {len(counts)} tables are in {file}. "
            "The mini Twitter's worlds are not: `up` builds the default one again."
        )
