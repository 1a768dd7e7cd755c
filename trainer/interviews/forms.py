"""What the room's forms send, each turned into one command. Fields not named here are ignored."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from trainer.interviews import commands as cmd
from trainer.interviews.events import FIELDS, LEVELS

_KEY = RegexValidator(r"^[A-Za-z0-9-]{8,64}$", "A key has 8 to 64 letters, digits or hyphens.")


class TextField(forms.CharField):
    """Free text, kept to the letter but for line ends, which are one character here.

    It has no length limit of its own: `commands.TEXT_LIMIT` refuses with its own sentence.
    """

    def __init__(self) -> None:
        super().__init__(strip=False, required=False)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class CommandForm(forms.Form):
    """The base of all: an idempotency key, made by the browser for each thing it sends."""

    key = forms.CharField(required=False, validators=[_KEY])
    seen = forms.IntegerField(required=False)  # the log's length that the page shows already

    def command(self) -> cmd.Command:
        raise TypeError(f"{type(self).__name__} must say which command it makes.")

    def sentence(self) -> str:
        """The errors, in one line."""
        return " ".join(
            f"{name}: {error}" for name, errors in self.errors.items() for error in errors
        )


class ConfigureForm(CommandForm):
    format_id = forms.CharField(max_length=60)
    level = forms.ChoiceField(choices=[(level, level) for level in LEVELS])
    extra = forms.FloatField(required=False)
    minutes = forms.FloatField(required=False)
    untimed = forms.BooleanField(required=False)

    def command(self) -> cmd.Configure:
        data = self.cleaned_data
        return cmd.Configure(
            data["format_id"],
            data["level"],
            1.0 if data["extra"] is None else data["extra"],
            data["minutes"],
            data["untimed"],
        )


class SayForm(CommandForm):
    text = TextField()

    def command(self) -> cmd.Say:
        return cmd.Say(self.cleaned_data["text"])


class SaveForm(CommandForm):
    field = forms.ChoiceField(choices=[(name, name) for name in FIELDS])
    text = TextField()
    base_revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def command(self) -> cmd.Save:
        data = self.cleaned_data
        return cmd.Save(data["field"], data["text"], data["base_revision"])


class MoveForm(CommandForm):
    to = forms.IntegerField(min_value=0, max_value=20)
    origin = forms.IntegerField(min_value=0, max_value=20)

    def command(self) -> cmd.Move:
        return cmd.Move(self.cleaned_data["to"], self.cleaned_data["origin"])


class PulseForm(CommandForm):
    typing = forms.BooleanField(required=False)

    def command(self) -> cmd.Pulse:
        return cmd.Pulse(self.cleaned_data["typing"])


class StartForm(CommandForm):
    def command(self) -> cmd.Start:
        return cmd.Start()


class UndoForm(CommandForm):
    def command(self) -> cmd.Undo:
        return cmd.Undo()


class PauseForm(CommandForm):
    def command(self) -> cmd.Pause:
        return cmd.Pause()


class ResumeForm(CommandForm):
    def command(self) -> cmd.Resume:
        return cmd.Resume()


class FinishForm(CommandForm):
    def command(self) -> cmd.Finish:
        return cmd.Finish()
