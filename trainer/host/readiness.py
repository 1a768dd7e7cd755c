"""What a scorecard still lacks, and what of it is frozen when it is submitted. Pure."""

from collections.abc import Callable
from typing import Any

from trainer.catalog.schema import Pack
from trainer.host.card import NONE, Card, to_json
from trainer.host.spans import still_there
from trainer.interviews.state import State

NOT_OVER = "The interview is not over. You can submit when it is; the draft is kept until then."


def lacking(card: Card, state: State, pack: Pack) -> tuple[str, ...]:
    """A sentence for each thing that stands in the way; none when the card can be submitted."""
    found = [] if state.status == "finished" else [NOT_OVER]
    for signal in pack.signals.signals:
        mark = card.mark(signal.id)
        if not mark.given:
            found.append(f"{signal.name}: choose 1 to 4, or not enough evidence.")
        elif mark.score and not mark.evidence:
            found.append(
                f"{signal.name}: tie the mark to some words. Where something was never said, take "
                "the question that asked for it."
            )
        gone = [span for span in mark.evidence if not still_there(state, span)]
        if gone:
            found.append(f"{signal.name}: “{gone[0].text[:60]}” is no longer in the outline.")
    if not card.verdict:
        found.append("Choose a verdict, or not enough evidence.")
    for said in card.points:
        if said.covered is None:
            found.append(f"Point {said.point}: choose covered or not covered, or empty the reason.")
        elif not said.reason:
            found.append(f"Point {said.point}: say in a few words why.")
    return tuple(found)


def frozen(card: Card, state: State, pack: Pack, shown: Callable[[str], str]) -> dict[str, Any]:
    """The card with the names of all that it judges, as they are today: what the pack says later
    changes none of it. `shown` turns the pack's prose into plain text."""
    verdicts = {each.id: each.name for each in pack.signals.verdicts}
    return to_json(card) | {
        "level": state.level,
        "names": {signal.id: signal.name for signal in pack.signals.signals},
        "scores": {str(score): pack.signals.name_of(score) for score in (1, 2, 3, 4)},
        "verdict_name": "" if card.verdict == NONE else verdicts.get(card.verdict, card.verdict),
        "point_texts": {
            said.point: shown(pack.points[said.point].text)
            for said in card.points
            if said.point in pack.points
        },
    }
