"""The candidate's other texts: the outline, notes, the unsent draft, and what was kept. Pure."""

from dataclasses import dataclass

from trainer.interviews.state import State

NAMES = {"draft": "Draft", "outline": "Outline", "notes": "Private notes", "message": "Message"}
REASONS = {
    "conflict": "another tab had saved the same text in the meantime",
    "after the end": "it came after the interview had ended",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A text that is in no answer, what it is, and why it is not."""

    name: str
    why: str
    text: str


def kept_beside(state: State) -> tuple[Beside, ...]:
    """Everything that was typed and does not count: nothing is lost."""
    kept = [Beside(NAMES.get(k.field, k.field), REASONS[k.why], k.text) for k in state.kept]
    draft = state.text_of("draft").text
    if draft.strip():
        kept.append(Beside("Draft", "it was never sent", draft))
    outline = state.text_of("outline")
    if outline.late:
        kept.append(Beside("Outline", "it was changed after the deadline", outline.text))
    return tuple(kept)
