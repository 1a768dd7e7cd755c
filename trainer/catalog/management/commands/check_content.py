from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trainer.catalog.counts import counts
from trainer.catalog.errors import PackErrors
from trainer.catalog.lint import lint
from trainer.catalog.packs import get_pack, pack_slugs


class Command(BaseCommand):
    help = "Check every content pack (schema, references, formulas, bare numbers) and count it."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        slugs = pack_slugs()
        if not slugs:
            raise CommandError(f"no content packs in {settings.CONTENT_DIR}: expected */pack.yaml")
        errors = [f"{slug}/{line}" for slug in slugs for line in self._check(slug)]
        if errors:
            raise CommandError("\n".join([f"{len(errors)} error(s) in the content", *errors]))

    def _check(self, slug: str) -> list[str]:
        """Print the counts of a sound pack; the errors of another."""
        try:
            pack = get_pack(slug)
        except PackErrors as error:
            return list(error.errors)
        self.stdout.write(f"{slug}: {pack.about.title}")
        for name, count in counts(pack).items():
            self.stdout.write(f"  {count:>4} {name}")
        return lint(pack)
