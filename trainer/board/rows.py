"""Which row of the drawing each box stands in: arrows lead downwards wherever they can. Pure."""

from collections.abc import Mapping, Sequence

IN_A_ROW = 3  # boxes side by side: as many as can be read on a phone

Link = tuple[int, int]  # from box to box, by index


def without_cycles(count: int, links: Sequence[Link]) -> list[Link]:
    """The links, with those turned round that would close a cycle (depth first, in order)."""
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in links:
        after[source].append(target)
    closing: set[Link] = set()
    done: set[int] = set()

    def visit(box: int, path: frozenset[int]) -> None:
        if box in done:
            return
        for target in after[box]:
            if target in path:
                closing.add((box, target))
            else:
                visit(target, path | {target})
        done.add(box)

    for box in range(count):
        visit(box, frozenset({box}))
    return [link[::-1] if link in closing else link for link in links]


def rows(count: int, links: Sequence[Link]) -> list[int]:
    """For each box its row from 0, for links without cycles: below all that lead to it.

    At most three boxes stand in a row. Boxes without any link come last.
    """
    depths = _depths(count, links)
    linked = {box for link in links for box in link}
    depth_of_loose = max(depths, default=0) + 1
    layers: dict[int, list[int]] = {}
    for box in range(count):
        depth = depths[box] if box in linked else depth_of_loose
        layers.setdefault(depth, []).append(box)
    return _spread(count, layers)


def _depths(count: int, links: Sequence[Link]) -> list[int]:
    """The longest way from a start to each box; a start stands right above its nearest target."""
    depths = [0] * count
    for _ in range(count):
        for source, target in links:
            depths[target] = max(depths[target], depths[source] + 1)
    targets = {target for _, target in links}
    for box in range(count):
        nearest = [depths[target] for source, target in links if source == box]
        if box not in targets and nearest:
            depths[box] = min(nearest) - 1
    return depths


def _spread(count: int, layers: Mapping[int, Sequence[int]]) -> list[int]:
    """Breaks every layer into rows of nearly equal length."""
    row_of = [0] * count
    row = 0
    for _, boxes in sorted(layers.items()):
        lines = -(-len(boxes) // IN_A_ROW)
        for i, box in enumerate(boxes):
            row_of[box] = row + i * lines // len(boxes)
        row += lines
    return row_of
