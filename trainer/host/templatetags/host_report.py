"""`{% host_scorecards interview report %}`: what interviewers scored, in the candidate's report."""

from django import template

from trainer.host.beside import beside, machine_of
from trainer.host.selectors import cards_of
from trainer.interviews.models import Interview
from trainer.interviews.report.page import Report

register = template.Library()


@register.inclusion_tag("host/_report.html")
def host_scorecards(interview: Interview, report: Report) -> dict[str, object]:
    """Each submitted scorecard beside the machine's marks; a link to invite where there is none."""
    cards = list(cards_of(interview))
    found = beside(cards, machine_of(report.graded)) if cards else ()
    return {"interview": interview, "cards": found}
