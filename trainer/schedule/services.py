"""Telling the schedule that an item was answered, and taking that back."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from trainer.accounts.models import User
from trainer.schedule import selectors
from trainer.schedule.memory import Given, Memory, after, recapped, remembered
from trainer.schedule.models import Item, Preferences, Review, Undone
from trainer.schedule.snapshot import put_back, snapshot
from trainer.schedule.terms import Terms

LEECH: Final = 8  # lapses, at which an item is set aside
LEECH_AGAIN: Final = 4  # more lapses, at which one that was brought back is set aside again
TO_THE_LETTER: Final = timedelta(days=1)  # how long an item's answers keep what was before them


@dataclass(frozen=True, slots=True)
class Recorded:
    """The item after an answer, and before it (None: there was none). `is_new`: the answer was not
    told before. `leech`: it was forgotten so often that this answer set it aside."""

    item: Item
    before: Item | None
    is_new: bool
    leech: bool = False


@transaction.atomic
def answered(owner: User, key: str, rating: int, at: datetime, once: str = "") -> Item:
    """The item that `owner` answered at `at`, with when it is due again; it waits whole days.

    `rating`: 1 (not known) to 4 (easily). `once` names the answer: told again under the same name,
    it counts once, as it was first told; without a name its time is the name. Answers may come out
    of order. Raises ValueError for another rating.
    """
    lock(owner)
    return record(owner, key, rating, at, once=once, preferences=None).item


def record(
    owner: User,
    key: str,
    rating: int,
    at: datetime,
    *,
    once: str = "",
    preferences: Preferences | None,
) -> Recorded:
    """As `answered`, within a transaction that locked the owner. With `preferences` the item is
    stepped, and comes back on those terms."""
    if rating not in (1, 2, 3, 4):
        raise ValueError(f"The rating {rating} of {key} is none of 1, 2, 3 and 4.")
    item, is_there = _item(owner, key, at)
    before = copy(item) if is_there else None
    name = once or at.isoformat()
    if _is_told(owner, key, name):
        return Recorded(item, before, is_new=False)
    lapses, state = item.lapses, item.state
    item.stepped = preferences is not None
    _remember(item, Given(at, rating), preferences)
    leech = item.stepped and item.lapses > lapses and _is_leech(item.lapses)
    item.suspended = item.suspended or leech
    item.save()
    is_latest = item.reviewed_at == at
    told = Review.objects.filter(owner=owner, key=key, before__isnull=False)
    (told.filter(at__lt=at - TO_THE_LETTER) if is_latest else told).update(before=None)
    Review.objects.create(
        owner=owner,
        key=key,
        at=at,
        rating=rating,
        once=name,
        state_before=state,
        before=(snapshot(before) if before else {}) if is_latest else None,
    )
    return Recorded(item, before, is_new=True, leech=leech)


@transaction.atomic
def undo(owner: User, prefix: str, once: str = "") -> Review | None:
    """Takes back one answer: the one named, or else the newest told, of the items of the prefix.
    None where that answer is not there (any more); one that is named does not count later either,
    as it may still be on its way.

    The item is as it was before, to the letter, where the answer is its newest and of the last day
    (`TO_THE_LETTER`); else it is what the other answers make of it. That it was set aside since
    stays, and so does a date of an interview."""
    if not lock(owner):
        return None
    if once:
        Undone.objects.get_or_create(owner=owner, once=once)
    mine = Review.objects.filter(owner=owner, key__startswith=prefix)
    review = (mine.filter(once=once) if once else mine).order_by("id").last()
    if review is None:
        return None
    item, _ = _item(owner, review.key, review.at)
    is_newest = not Review.objects.filter(owner=owner, key=item.key, id__gt=review.pk).exists()
    review.delete()
    if review.before is None or not is_newest:
        refold(item)
    else:
        _put_back(item, review.before, review.at)
    return review


def suspend(owner: User, key: str, now: datetime) -> None:
    """The item is not asked any more, until it is brought back by `resume`."""
    _set_aside(owner, key, now, suspended=True)


def resume(owner: User, key: str, now: datetime) -> None:
    """The item is asked again, as its answers say."""
    _set_aside(owner, key, now, suspended=False, buried_until=None)


def bury(owner: User, key: str, now: datetime, until: datetime) -> None:
    """The item is not asked before `until`."""
    _set_aside(owner, key, now, buried_until=until)


@transaction.atomic
def prefer(owner: User, **wanted: Any) -> Preferences:
    """Sets fields of the person's preferences. With another interview date every stepped item
    comes back when it should by that date."""
    if not lock(owner):
        return Preferences(owner=owner)  # merged into an account, or deleted, in this moment
    own, _ = Preferences.objects.get_or_create(owner=owner)
    interview_on: date | None = own.interview_on
    for field, value in wanted.items():
        setattr(own, field, value)
    own.full_clean(exclude=["owner"])
    own.save()
    if own.interview_on != interview_on:
        recap(owner, own)
    return own


@transaction.atomic
def forget(owner: User, key: str) -> None:
    """The item and its answers go, as of a card that its owner deleted."""
    lock(owner)
    Review.objects.filter(owner=owner, key=key).delete()
    Item.objects.filter(owner=owner, key=key).delete()


def lock(owner: User) -> bool:
    """Whether the owner is still there, locked. Their row comes first, as whoever deletes a person
    or takes a guest's rows along locks it before the rows that point at it: the other way round,
    each would wait for the other."""
    rows = User.objects.select_for_update(no_key=True).filter(pk=owner.pk)
    return rows.values_list("pk", flat=True).first() is not None


def refold(item: Item) -> None:
    """The item as its answers say, by the terms of today; gone where none is left, if it is not
    set aside. From then on an undo goes by the answers too."""
    answers = _answers(item)
    if not answers:
        _unmeet(item, item.reviewed_at)
        return
    terms = selectors.terms_of(selectors.preferences(item.owner), stepped=item.stepped)
    _take(item, remembered(answers, terms, item.key))
    item.reviews, item.reviewed_at = len(answers), max(each.at for each in answers)
    item.save()
    told = Review.objects.filter(owner_id=item.owner_id, key=item.key, before__isnull=False)
    told.update(before=None)


def recap(owner: User, preferences: Preferences) -> None:
    """Every stepped item comes back when it should by the interview date of the preferences."""
    terms = selectors.terms_of(preferences, stepped=True)
    moved = []
    for item in Item.objects.filter(owner=owner, stepped=True, reviews__gt=0):
        due = _recapped(item, terms)
        if due != item.due:
            item.due = due
            moved.append(item)
    Item.objects.bulk_update(moved, ["due"], batch_size=1_000)


def _is_told(owner: User, key: str, name: str) -> bool:
    """Whether the answer was told before, be it taken back since."""
    told = Review.objects.filter(owner=owner, key=key, once=name).values("once")
    return told.union(Undone.objects.filter(owner=owner, once=name).values("once")).exists()


def _item(owner: User, key: str, at: datetime) -> tuple[Item, bool]:
    """The item, and whether it is stored already. The owner's lock is held."""
    found = Item.objects.filter(owner=owner, key=key).first()
    return found or Item(owner=owner, key=key, due=at, reviewed_at=at), found is not None


def _remember(item: Item, given: Given, preferences: Preferences | None) -> None:
    """One more answer: put behind the others where it is the latest, else they are gone through
    again in order of time."""
    terms = selectors.terms_of(preferences or Preferences(), stepped=item.stepped)
    if item.reviews and given.at < item.reviewed_at:
        memory = remembered([*_answers(item), given], terms, item.key)
    else:
        memory = after(selectors.memory_of(item), given, terms, item.key)
        item.reviewed_at = given.at
    item.reviews += 1
    _take(item, memory)


def _put_back(item: Item, before: Mapping[str, Any], at: datetime) -> None:
    """The item as it was before its newest answer, at `at` ({}: there was none)."""
    if not before:
        _unmeet(item, at)
        return
    suspended = item.suspended
    leech = item.lapses > before["lapses"] and _is_leech(item.lapses)
    put_back(item, before)
    if not leech:
        item.suspended = suspended
    if item.stepped:
        preferences = selectors.preferences(item.owner)
        item.due = _recapped(item, selectors.terms_of(preferences, stepped=True))
    item.save()


def _unmeet(item: Item, at: datetime) -> None:
    """The item as if it was never answered: no row, but that it is set aside."""
    if item.suspended or item.buried_until:
        blank = Item(due=at, reviewed_at=at, suspended=item.suspended)
        put_back(item, snapshot(blank))
        item.save()
    elif item.pk:
        item.delete()


def _recapped(item: Item, terms: Terms) -> datetime:
    memory = selectors.memory_of(item)
    return recapped(memory, terms, item.key) if memory else item.due


def _answers(item: Item) -> list[Given]:
    rows = Review.objects.filter(owner_id=item.owner_id, key=item.key)
    return [Given(*row) for row in rows.values_list("at", "rating")]


def _take(item: Item, memory: Memory) -> None:
    item.due, item.memory = memory.due, dict(memory.stored)
    item.state, item.lapses = memory.state, memory.lapses


def _is_leech(lapses: int) -> bool:
    return lapses >= LEECH and (lapses - LEECH) % LEECH_AGAIN == 0


@transaction.atomic
def _set_aside(owner: User, key: str, now: datetime, **fields: Any) -> None:
    if not lock(owner):
        return  # merged into an account, or deleted, in this moment
    item, _ = _item(owner, key, now)
    for field, value in fields.items():
        setattr(item, field, value)
    item.save()
