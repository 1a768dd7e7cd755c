"""Cards that hide one number, or one name, in a sentence of the pack. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Final

from trainer.cards.deck.card import Card, Topic
from trainer.cards.deck.orderings import ARROW
from trainer.cards.deck.owning import about, tags
from trainer.catalog.numbers import REFERENCE, render
from trainer.catalog.schema import Component, Number, Pack

GAP: Final = "[…]"
FEWEST_WORDS: Final = 2  # around a gap: without any it is the question that another card asks
_WORD: Final = re.compile(r"\w+")
TITLE_LIMIT: Final = 90  # characters


@dataclass(frozen=True, slots=True)
class Owner:
    """A sentence with what it belongs to. `id` is of the pack's own ids; `context` is read above
    the sentence, so that the gap can be guessed from more than its neighbours."""

    id: str
    topic: Topic
    context: str
    text: str
    about: str


def cloze_cards(pack: Pack) -> list[Card]:
    """One card for each number and each component that a sentence names; for one of them only
    where the sentence is a point of an answer, which the other cards ask for already. The name of
    that card is the point's alone, so that it stays when the sentence comes to name more."""
    whole = [card for owner in owners(pack) for card in _of(pack, owner)]
    return [*whole, *(card for owner in points(pack) for card in _one(pack, owner))]


def _one(pack: Pack, owner: Owner) -> Iterator[Card]:
    cards = list(_numbers(pack, owner)) or list(_terms(pack, owner))
    if cards:
        yield replace(min(cards, key=lambda card: card.id), id=f"cloze:{owner.id}")


def owners(pack: Pack) -> Iterator[Owner]:
    """The sentences of which every number and every component is hidden in turn."""
    yield from _references(pack)
    yield from _flows(pack)
    yield from _decisions(pack)


def _references(pack: Pack) -> Iterator[Owner]:
    for section in pack.quick_reference.sections:
        at = about(pack.slug, "quick-reference", section.id)
        for item in section.items:
            id = f"reference.{section.id}.{item.id}"
            yield Owner(id, "quick-reference", section.title, item.text, at)


def _flows(pack: Pack) -> Iterator[Owner]:
    for flow in pack.architecture.flows:
        at = about(pack.slug, "architecture", f"flow-{flow.id}")
        yield Owner(f"flow.{flow.id}", "architecture", flow.name, flow.explain, at)


def _decisions(pack: Pack) -> Iterator[Owner]:
    for each in pack.trade_offs.decisions:
        at = about(pack.slug, "trade-offs", each.id)
        yield Owner(f"decision.{each.id}", "trade-offs", each.title, each.choice, at)


def points(pack: Pack) -> Iterator[Owner]:
    """What a good answer to a trap question, or in a deep dive, says."""
    for trap in pack.traps:
        at = about(pack.slug, "traps", trap.id)
        for point in trap.points:
            yield Owner(f"point.{point.id}", "traps", _good(trap.title), point.text, at)
    for dive in pack.deep_dives:
        at = about(pack.slug, "deep-dives", dive.id)
        for point in dive.points:
            yield Owner(f"point.{point.id}", "deep-dives", _good(dive.title), point.text, at)


def _good(title: str) -> str:
    return f"{title}, in a good answer"


def _of(pack: Pack, owner: Owner) -> Iterator[Card]:
    yield from _numbers(pack, owner)
    if ARROW not in owner.text:  # else it is asked for as an order
        yield from _terms(pack, owner)


def _numbers(pack: Pack, owner: Owner) -> Iterator[Card]:
    """Numbers that read the same are hidden together, on one card."""
    named = {pack.ledger[slug].text: slug for slug in sorted(REFERENCE.findall(owner.text))[::-1]}
    for text, slug in named.items():
        alike = [re.escape(each.slug) for each in pack.numbers if each.text == text]
        part = re.compile(rf"\{{\{{n:(?:{'|'.join(alike)})\}}\}}")
        if len(_WORD.findall(part.sub("", owner.text))) >= FEWEST_WORDS:
            yield _card(pack, owner, slug, part, pack.ledger[slug])


def _terms(pack: Pack, owner: Owner) -> Iterator[Card]:
    for component in (*pack.architecture.components, *pack.architecture.extended):
        name = _named(component)
        if name.search(owner.text) and not name.search(owner.context):
            yield _card(pack, owner, component.id, name)


def _named(component: Component) -> re.Pattern[str]:
    """A component's name as sentences use it: whole, one half of "A/B", or its first word where
    that is an alias ("Redis" of "Redis Cache")."""
    first = component.name.split()[0]
    forms = {component.name, *component.name.split("/")}
    if first.casefold() in (alias.casefold() for alias in component.aliases):
        forms.add(first)
    either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w{{:-])(?:{either})(?![\w}}-])")


def _card(
    pack: Pack, owner: Owner, hidden: str, part: re.Pattern[str], number: Number | None = None
) -> Card:
    """A contested number comes with its story: else the card would teach it as it is told."""
    shown = part.sub(lambda found: f"**{found.group()}**", owner.text)
    status = number.status if number else ""
    story = number.story if number and status == "contested" else None
    return Card(
        id=f"cloze:{owner.id}:{hidden}",
        kind="cloze",
        topic=owner.topic,
        title=_title(pack, part.sub(GAP, owner.text)),
        front=f"*{owner.context}*\n\n{part.sub(GAP, owner.text)}",
        back=f"{shown}\n\n{story}" if story else shown,
        tags=tags(owner.topic, "cloze", status),
        status=status,
        about=owner.about,
    )


def _title(pack: Pack, text: str) -> str:
    """The sentence in plain words, with its numbers' own texts, as long as a line."""
    plain = re.sub(r"[*_`]", "", render(text, lambda slug: pack.ledger[slug].text))
    return shorten(plain, TITLE_LIMIT, placeholder="…")
