"""`{{ card.front|glance }}`: a side in a list, in plain words."""

from django import template

from trainer.cards import texts

register = template.Library()


@register.filter
def glance(text: str) -> str:
    """See `texts.glance`."""
    return texts.glance(text)
