"""The shape of what only the drills ask. Every file may be missing. Pure."""

from typing import Annotated

from pydantic import Field, FiniteFloat

from trainer.catalog.fields import Model, PointId, Prose, Slug, Words


class FollowUp(Model):
    """traps.yaml: asked when an answer misses `point`. At most two sentences, which name nothing
    of the good answer."""

    point: PointId
    ask: Prose


class SpotPair(Model):
    """spot.yaml: two answers to one question, alike in length, and what is wrong with the bad one.
    `points`: the rubric points that it touches."""

    id: Slug
    topic: Words
    ask: Prose
    good: Prose
    bad: Prose
    why: Prose
    points: Annotated[tuple[PointId, ...], Field(max_length=6)] = ()


# -- flawed.yaml -------------------------------------------------------------


class FlawedSentence(Model):
    """A sentence of a flawed design. `mistake`: the common mistake that it makes (none: a clean
    sentence); `also`: mistakes by whose names it may be called too. `because` says why it is one,
    or of a clean one that looks wrong why it is not."""

    text: Prose
    mistake: Slug | None = None
    also: tuple[Slug, ...] = ()
    because: Prose | None = None


class FlawedDesign(Model):
    """A short design that makes some of the common mistakes, each in one sentence."""

    id: Slug
    title: Words
    sentences: Annotated[tuple[FlawedSentence, ...], Field(min_length=6, max_length=16)]


# -- under_fire.yaml ---------------------------------------------------------


class NumberAsked(Model):
    """`number` is the ledger's, and `within` how far off an answer may be, as a share of it."""

    id: Slug
    ask: Prose
    number: Slug
    within: Annotated[FiniteFloat, Field(ge=0, le=1)] = 0.1


class ChoiceAsked(Model):
    """One right answer and some wrong ones, shown in an order of chance."""

    id: Slug
    ask: Prose
    right: Prose
    wrong: Annotated[tuple[Prose, ...], Field(min_length=2, max_length=4)]
    why: Prose


class OrderAsked(Model):
    """Things to put into order; `items` stand in the right one."""

    id: Slug
    ask: Prose
    items: Annotated[tuple[Prose, ...], Field(min_length=3, max_length=6)]
    why: Prose


class UnderFire(Model):
    """Short questions. Their ids are the schedule's: none is used for another question later."""

    numbers: tuple[NumberAsked, ...] = ()
    choices: tuple[ChoiceAsked, ...] = ()
    orders: tuple[OrderAsked, ...] = ()

    @property
    def everything(self) -> tuple[NumberAsked | ChoiceAsked | OrderAsked, ...]:
        return (*self.numbers, *self.choices, *self.orders)
