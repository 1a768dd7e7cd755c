import json
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from redis import RedisError

from trainer.lib.benchmark import CannotMeasure, Result, whole
from trainer.ops import benching
from trainer.ops.machine import machine

ROUNDS = 5


class Command(BaseCommand):
    help = "Measures how fast a part is, on this machine, against other ways to do the same."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.benches = benching.find()
        names = parser.add_subparsers(dest="bench", metavar="NAME", title="benches")
        for name, bench in self.benches.items():
            one = names.add_parser(name, help=bench.help, description=bench.help)
            one.add_argument("--rounds", type=whole, default=ROUNDS, help=f"default: {ROUNDS}")
            one.add_argument("--json", action="store_true", help="end with one line of JSON")
            bench.add_arguments(one)

    def handle(self, *args: Any, bench: str | None, **options: Any) -> None:
        if bench is None:
            raise CommandError("Name a bench:\n" + benching.listing(self.benches))
        result = self._run(bench, options)
        for line in benching.table(result):
            self.stdout.write(line)
        if options["json"]:
            self.stdout.write(_as_json(bench, result))

    def _run(self, name: str, options: dict[str, Any]) -> Result:
        try:
            return self.benches[name].run(Namespace(**options))
        except CannotMeasure as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, RedisError, OSError) as error:
            raise CommandError(f"A server failed the bench: {error}") from error


def _as_json(name: str, result: Result) -> str:
    found = {
        "bench": name,
        "ratios": dict(result.ratios),
        "figures": dict(result.figures),
        "machine": machine(),
    }
    return json.dumps(found, allow_nan=False)
