"""The form of one's own card."""

from typing import Any

from django import forms

from trainer.cards.models import TEXT_LIMIT, OwnCard
from trainer.cards.own.services import Words
from trainer.cards.tags import split_tags
from trainer.cards.texts import side

MARKDOWN = "Markdown: **bold**, `code`, lines that begin with a hyphen."


def _side(label: str, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "maxlength": TEXT_LIMIT})
    return forms.CharField(
        label=label, required=False, strip=False, widget=widget, help_text=help_text
    )


class OwnCardForm(forms.Form):
    """Both sides and the tags; each is checked by the rule that imports follow too."""

    front = _side("Front", "What you are asked.")
    back = _side("Back", MARKDOWN)
    tags = forms.CharField(
        label="Tags",
        required=False,
        max_length=2_000,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        help_text="Words with spaces between, such as: caching numbers.",
    )

    def clean_front(self) -> str:
        return self._side("front")

    def clean_back(self) -> str:
        return self._side("back")

    def clean_tags(self) -> tuple[str, ...]:
        try:
            return split_tags(self.cleaned_data["tags"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def _side(self, name: str) -> str:
        try:
            return side(self.cleaned_data[name], name)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def words(self) -> Words:
        """What was typed, when it is valid."""
        return Words(**self.cleaned_data)


def initial(card: OwnCard) -> dict[str, Any]:
    """What the form of a card begins with."""
    return {"front": card.front, "back": card.back, "tags": " ".join(card.tags)}
