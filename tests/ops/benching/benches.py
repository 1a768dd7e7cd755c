from argparse import ArgumentParser, Namespace

from trainer.lib.benchmark import Bench, CannotMeasure, Result, Row, interleaved


def _count(options: Namespace) -> Result:
    found = interleaved({"one": lambda: 1.0, "many": lambda: float(options.many)}, options.rounds)
    rows = [Row(name, "things/s", spread) for name, spread in found.items()]
    ratio = found["many"].median / found["one"].median
    return Result({"many_vs_one": ratio}, {"many_per_s": found["many"].median}, rows, ["A note."])


def _add_many(parser: ArgumentParser) -> None:
    parser.add_argument("--many", type=int, default=2000)


def _refuse(_: Namespace) -> Result:
    raise CannotMeasure("There is no world: run manage.py seed_world first.")


BENCHES = {
    "counting": Bench("counts", _count, _add_many),
    "refusing": Bench("cannot run", _refuse),
}
