"""What the forms of this room send, but for the scorecard's own fields (reading.py)."""

from django import forms
from django.core.validators import RegexValidator

from trainer.host.inviting import DAYS, DEFAULT_DAYS
from trainer.host.models import LABEL_MAX
from trainer.host.scoring import From

WHOLE_MAX = 2**31 - 1
_EDITOR = RegexValidator(r"^[a-z0-9]{16}\Z", "A page's id has 16 letters or digits.")


class InviteForm(forms.Form):
    label = forms.CharField(
        label="Whom you invite",
        max_length=LABEL_MAX,
        error_messages={"required": "Name the person whom you invite."},
    )
    days = forms.TypedChoiceField(
        label="The link can be accepted for",
        coerce=int,
        choices=[(days, f"{days} day{'s' if days > 1 else ''}") for days in DAYS],
        initial=DEFAULT_DAYS,
        error_messages={"required": "Choose 1, 7 or 30 days."},
    )


class OriginForm(forms.Form):
    """From which state of which page a card comes."""

    base_revision = forms.IntegerField(min_value=0, max_value=WHOLE_MAX)
    editor = forms.CharField(required=False, validators=[_EDITOR])
    turn = forms.IntegerField(required=False, min_value=0, max_value=WHOLE_MAX)

    def origin(self) -> From:
        data = self.cleaned_data
        return From(data["base_revision"], data["editor"], data["turn"] or 0)
