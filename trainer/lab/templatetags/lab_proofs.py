"""The labs that bear out what a report goes into: `{% lab_proofs interview as proofs %}` once, then
`{% prove_it proofs topic.id %}` at each place."""

from collections.abc import Mapping, Sequence

from django import template

from trainer.interviews.models import Interview
from trainer.lab import proofs
from trainer.lab.proofs import Proof

register = template.Library()


@register.simple_tag
def lab_proofs(interview: Interview) -> Mapping[str, Sequence[Proof]]:
    """All of a report, by what they bear out: one query."""
    return proofs.proofs_of(interview)


@register.inclusion_tag("lab/_proofs.html")
def prove_it(found: Mapping[str, Sequence[Proof]], id: str, of: str = "") -> dict[str, object]:
    """Those of one topic, decision or mistake; nothing where there is none. `of` names it where the
    place alone does not say which it is."""
    return {"proofs": found.get(id, ()), "of": of}
