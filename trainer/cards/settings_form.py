"""The forms of a person's settings for cards. Every error names the bounds."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from trainer.schedule.models import Order, Preferences

LEAST_PERCENT: Final = 70
MOST_PERCENT: Final = 97
MOST_NEW: Final = 200
MOST_REVIEWS: Final = 2_000
FARTHEST: Final = timedelta(days=366)
MOST_OFFSET_MIN: Final = 840
_ANSWERS: Final = [("4", "Four: again, hard, good, easy"), ("2", "Two: not yet, knew it")]
_OVER: Final = (
    "The interview on {day} would be over. Give a day from {today} on, or leave it empty."
)
_FAR: Final = "{day} is more than a year ahead. Give a day until {last}."


def _whole(label: str, least: int, most: int, **options: Any) -> forms.IntegerField:
    said = f"Give a whole number from {least} to {most:,}."
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages=errors, **options
    )


class DateForm(forms.Form):
    """The interview's date, or none. `today` and `kept` (the date stored so far) bound it: one that
    is over may stay."""

    interview_on = forms.DateField(
        label="Interview date",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no date. Give it as 2026-12-31, or leave it empty."},
    )
    # By the browser's script; without one the days are counted in UTC, or as they were.
    utc_offset_min = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, kept: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.kept = today, kept

    def clean_interview_on(self) -> date | None:
        day: date | None = self.cleaned_data["interview_on"]
        if day is None or day == self.kept:
            return day
        if day < self.today:
            raise ValidationError(_OVER.format(day=_said(day), today=_said(self.today)))
        if day > self.today + FARTHEST:
            last = _said(self.today + FARTHEST)
            raise ValidationError(_FAR.format(day=_said(day), last=last))
        return day

    def clean_utc_offset_min(self) -> int | None:
        """None keeps the one that is stored: a wrong one is the browser's fault alone."""
        offset: int | None = self.cleaned_data["utc_offset_min"]
        return offset if offset is not None and abs(offset) <= MOST_OFFSET_MIN else None

    @property
    def wanted(self) -> dict[str, Any]:
        """What `schedule.services.prefer` takes, of a valid form."""
        wanted = dict(self.cleaned_data) | {"interview_asked": True}
        if wanted["utc_offset_min"] is None:
            del wanted["utc_offset_min"]
        return wanted


class SettingsForm(DateForm):
    """All of them; the retention is in percent here."""

    percent = _whole("Retention goal, in percent", LEAST_PERCENT, MOST_PERCENT)
    new_a_day = _whole("New cards a day", 0, MOST_NEW)
    reviews_a_day = _whole("Reviews a day, at most", 0, MOST_REVIEWS)
    order = forms.ChoiceField(
        label="Order",
        choices=Order.choices,
        error_messages={"invalid_choice": "Choose one of the three orders.", "required": "Choose."},
    )
    answers = forms.TypedChoiceField(
        label="Answers",
        choices=_ANSWERS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose two or four.", "required": "Choose two or four."},
    )
    field_order = ["percent", "new_a_day", "reviews_a_day", "order", "answers", "interview_on"]

    @property
    def wanted(self) -> dict[str, Any]:
        wanted = super().wanted
        return wanted | {"retention": wanted.pop("percent") / 100}


def initial(preferences: Preferences) -> dict[str, Any]:
    """What the form shows of the preferences. The offset is left to the browser."""
    fields = ("new_a_day", "reviews_a_day", "order", "answers", "interview_on")
    shown = {field: getattr(preferences, field) for field in fields}
    return shown | {"percent": round(preferences.retention * 100)}


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
