"""The puzzles of a lab's content, as a block. Their `{{n:slug}}` stay: the page fills them in."""

from trainer.catalog.packs import DEFAULT_PACK, get_pack
from trainer.lab.blocks import Puzzle, Puzzles


def puzzles_of(runs: str, title: str) -> Puzzles:
    """Those of the lab that runs the experiment `runs`; none where the content has no such lab."""
    labs = [lab for lab in get_pack(DEFAULT_PACK).labs if lab.runs == runs]
    told = [
        Puzzle(each.first, each.second, each.hint, each.answer, each.sum or "")
        for lab in labs
        for each in lab.puzzles
    ]
    return Puzzles("puzzles", title, told, origin="computed")
