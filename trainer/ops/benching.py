"""Finding the benches of the rooms, and writing down what one found."""

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from trainer.lib.benchmark import Bench, Result

MODULE = "benches"


def find() -> dict[str, Bench]:
    """All benches by name: what the module or package `benches` of each room calls BENCHES."""
    found: dict[str, Bench] = {}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, MODULE):
            found |= import_module(f"{config.name}.{MODULE}").BENCHES
    return dict(sorted(found.items()))


def listing(benches: dict[str, Bench]) -> str:
    """The names, with what each measures."""
    width = max(map(len, benches), default=0)
    return "\n".join(f"  {name:<{width}}  {bench.help}" for name, bench in benches.items())


def table(result: Result) -> Iterator[str]:
    """The lines for people."""
    if result.rows:
        width = max(len(row.name) for row in result.rows)
        yield f"{'':<{width}}  {'median':>12} {'least':>12} {'most':>12}"
        for row in result.rows:
            values = (row.spread.median, row.spread.least, row.spread.most)
            cells = " ".join(f"{number(value):>12}" for value in values)
            yield f"{row.name:<{width}}  {cells}  {row.unit}, {row.spread.rounds} rounds"
    yield from result.lines
    for title, pairs in (("Ratios", result.ratios), ("Figures", result.figures)):
        if pairs:
            width = max(map(len, pairs))
            yield f"{title}:"
            yield from (f"  {name:<{width}}  {number(value):>12}" for name, value in pairs.items())


def number(value: float) -> str:
    """Three digits that count, and no exponent: 0.0123, 4.57, 1,234,568."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 1 or value == 0:
        return f"{value:.3g}"
    return f"{value:.3f}" if abs(value) >= 0.1 else f"{value:.6f}".rstrip("0")
