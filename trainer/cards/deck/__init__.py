"""The deck of a pack: cards made of what it teaches. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trainer.cards.deck.basics import (
    component_cards,
    insight_cards,
    mistake_cards,
    phase_cards,
    question_cards,
    trade_off_cards,
    trap_cards,
)
from trainer.cards.deck.card import Card
from trainer.cards.deck.catches import case_cards, catch_cards
from trainer.cards.deck.clozes import cloze_cards
from trainer.cards.deck.mixing import interleaved
from trainer.cards.deck.numbers import number_cards
from trainer.cards.deck.orderings import (
    flow_orderings,
    phase_orderings,
    reference_orderings,
    step_orderings,
)
from trainer.cards.deck.pictures import picture_cards
from trainer.catalog.schema import Pack

# By the identity of the pack, which cannot be hashed; it is kept, so that no other gets its id.
_decks: Final[dict[int, tuple[Pack, Mapping[str, Card]]]] = {}
_MOST_DECKS: Final = 16


def deck(pack: Pack) -> tuple[Card, ...]:
    """Every card of the pack, in the order in which new ones come. Made once for each pack."""
    return tuple(by_id(pack).values())


def by_id(pack: Pack) -> Mapping[str, Card]:
    """The same cards by id, in the same order."""
    if id(pack) not in _decks:
        if len(_decks) >= _MOST_DECKS:
            _decks.clear()
        cards = {card.id: card for card in _made(pack)}
        _decks[id(pack)] = (pack, MappingProxyType(cards))
    return _decks[id(pack)][1]


def _made(pack: Pack) -> list[Card]:
    """First what fits on one page, then what an interview asks for, then the rest; inside each part
    the kinds are mixed, so that a day's new cards are not all alike."""
    numbers, catches, clozes = number_cards(pack), catch_cards(pack), cloze_cards(pack)
    page, page_again = _apart([card for card in clozes if card.topic == "quick-reference"])
    other, other_again = _apart([card for card in clozes if card.topic != "quick-reference"])
    first = [_key(numbers), page, reference_orderings(pack)]
    second = [
        _key(catches),
        component_cards(pack),
        [*flow_orderings(pack), *picture_cards(pack)],
        question_cards(pack),
        trap_cards(pack),
        [*step_orderings(pack), *trade_off_cards(pack)],
    ]
    third = [
        _other(numbers),
        _other(catches),
        case_cards(pack),
        [*other, *page_again, *other_again],
        insight_cards(pack),
        mistake_cards(pack),
        [*phase_orderings(pack), *phase_cards(pack)],
    ]
    return [card for groups in (first, second, third) for card in interleaved(groups)]


def _apart(clozes: list[Card]) -> tuple[list[Card], list[Card]]:
    """The first gap of each sentence, and then the second of each, and so on: on one day each would
    answer the next."""
    met: Counter[str] = Counter()
    turns: defaultdict[int, list[Card]] = defaultdict(list)
    for card in clozes:
        sentence = card.id.split(":")[1]
        met[sentence] += 1
        turns[met[sentence]].append(card)
    return turns.pop(1, []), [card for turn in turns.values() for card in turn]


def _key(cards: list[Card]) -> list[Card]:
    return [card for card in cards if "key" in card.tags]


def _other(cards: list[Card]) -> list[Card]:
    return [card for card in cards if "key" not in card.tags]
