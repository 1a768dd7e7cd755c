"""The deck of a pack: what is made, from what, and which ids stay."""

import codecs
import re
from collections import Counter
from typing import Any

import pytest
from pydantic import BaseModel

from tests.cards.both_packs import CHAT, TWITTER
from trainer.board.outline import key as spelled
from trainer.cards.deck import by_id, deck
from trainer.cards.deck.card import TOPICS, Card
from trainer.cards.deck.clozes import GAP
from trainer.cards.keys import content_key
from trainer.catalog.numbers import REFERENCE, fill
from trainer.catalog.schema import Pack
from trainer.grading.amounts import is_close, read_amount

PACKS = pytest.mark.parametrize("pack", [TWITTER, CHAT], ids=["twitter", "chat"])


def shown(pack: Pack, text: str) -> str:
    return re.sub(r"[*_]", "", fill(pack.numbers, text))


def holds(text: str, word: str) -> bool:
    """Whether `word` stands in `text` by itself, and not within another word or figure."""
    return bool(re.search(rf"(?<![\w.]){re.escape(word)}(?![\w%]|\.\d)", text))


@PACKS
def test_every_card_has_an_id_two_sides_and_a_topic(pack: Pack) -> None:
    cards = deck(pack)
    assert len({card.id for card in cards}) == len(cards) == len(by_id(pack))
    assert all(card.front and card.back and card.title for card in cards)
    assert {card.topic for card in cards} <= TOPICS.keys() - {"own"}
    assert all(card.topic in card.tags and card.kind in card.tags for card in cards)
    assert max(len(content_key(pack.slug, card.id)) for card in cards) <= 200
    assert deck(pack)[0] is deck(pack)[0]  # made once


def test_all_five_kinds_and_all_topics_are_made_of_the_first_pack() -> None:
    kinds = Counter(card.kind for card in deck(TWITTER))
    assert set(kinds) == {"basic", "cloze", "numeric", "ordering", "picture"}
    assert kinds["picture"] == len(TWITTER.architecture.components)
    assert {card.topic for card in deck(TWITTER)} == TOPICS.keys() - {"own"}


@PACKS
def test_each_number_that_says_something_has_a_card(pack: Pack) -> None:
    asked = {card.id.removeprefix("number:") for card in deck(pack) if card.topic == "numbers"}
    left = {number.slug for number in pack.numbers} - asked
    assert left <= {"timeline-whole", "fanout-threshold"}  # the whole, and a second name
    key = {card.id.removeprefix("number:") for card in deck(pack) if "key" in card.tags}
    assert {number.slug for number in pack.key_numbers} - left <= key


@PACKS
def test_no_front_gives_its_number_away(pack: Pack) -> None:
    for card in deck(pack):
        if card.topic == "numbers":
            number = pack.ledger[card.id.removeprefix("number:")]
            assert not holds(shown(pack, card.front), number.text), card.id


@PACKS
def test_what_a_cloze_hides_is_nowhere_on_its_front(pack: Pack) -> None:
    for card in deck(pack):
        if card.kind == "cloze":
            sentence = card.back.split("\n\n")[0]
            hidden = re.findall(r"\*\*([^*]+)\*\*", fill(pack.numbers, sentence))
            front = shown(pack, card.front)
            gone = [part for part in hidden if not holds(front, part)]
            assert gone, card.id
            assert front.endswith(shown(pack, sentence).replace(gone[0], GAP)), card.id


def test_a_typed_answer_takes_the_number_as_it_is_told() -> None:
    for card in deck(TWITTER):
        if card.numeric:
            number = TWITTER.ledger[card.id.removeprefix("number:")]
            told = read_amount(number.text, card.numeric.unit)
            assert told is not None, card.id
            assert told.value is not None, card.id
            assert is_close(told.value, number.value, card.numeric.within), card.id
            assert 0 < card.numeric.within <= 0.1


def test_what_is_told_in_words_is_not_asked_as_a_figure() -> None:
    assert by_id(TWITTER)["number:writes-saved"].kind == "basic"
    assert by_id(TWITTER)["number:backfill-size"].kind == "basic"
    assert by_id(TWITTER)["number:dau"].numeric


def test_the_back_of_a_derived_number_shows_the_sum() -> None:
    card = by_id(TWITTER)["number:regular-fanout-writes"]
    assert "500M \u00d7 (1 \u2212 5%) \u00d7 700 = 332B" in shown(TWITTER, card.back)
    assert "Derived: show the sum." in card.back
    stored = shown(TWITTER, by_id(TWITTER)["number:storage-per-tweet"].back)
    assert "2.5 PB \u00d7 10^12 \u00f7 (500M \u00d7 365) = 13.7 KB" in stored


def test_each_contested_number_asks_for_its_catch() -> None:
    contested = {number.slug for number in TWITTER.numbers if number.status == "contested"}
    catches = {id.removeprefix("catch:") for id in by_id(TWITTER) if id.startswith("catch:")}
    assert catches == contested
    told = TWITTER.model_copy(
        update={
            "numbers": tuple(n.model_copy(update={"story": "The story."}) for n in TWITTER.numbers)
        }
    )
    assert by_id(told)["catch:cpu-seconds"].back == "The story."
    bare = told.model_copy(
        update={"numbers": tuple(n.model_copy(update={"story": None}) for n in TWITTER.numbers)}
    )
    assert by_id(bare)["catch:cpu-seconds"].back == TWITTER.ledger["cpu-seconds"].worth


def test_each_contradiction_asks_what_is_wrong_with_it() -> None:
    assert TWITTER.contradictions
    for case in TWITTER.contradictions:
        card = by_id(TWITTER)[f"case:{case.id}"]
        assert card.status == "contested"
        assert case.told in card.front
        assert case.say in card.back


def test_numbers_that_read_the_same_are_hidden_together() -> None:
    ids = [id for id in by_id(TWITTER) if id.startswith("cloze:reference.pipeline.sides:")]
    assert ids == ["cloze:reference.pipeline.sides:in-network-share"]
    assert by_id(TWITTER)[ids[0]].front.count(GAP) == 2


def test_the_gaps_of_one_sentence_come_far_apart() -> None:
    met: dict[str, int] = {}
    for place, id_ in enumerate(by_id(TWITTER)):
        if id_.startswith("cloze:reference."):
            sentence = id_.split(":")[1]
            assert place - met.get(sentence, -100) >= 20
            met[sentence] = place


def test_a_contested_number_in_a_sentence_comes_with_its_story() -> None:
    cards = [card for card in by_id(TWITTER).values() if card.kind == "cloze"]
    contested = [card for card in cards if card.status == "contested"]
    assert contested
    assert all("\n\n" in card.back for card in contested)


def test_what_is_to_be_ordered_does_not_count_itself() -> None:
    levels = by_id(TWITTER)["order:reference:degradation"]
    assert len(levels.order) == 3
    assert not any(re.match(r"Level \d", part) for part in levels.order)
    assert by_id(TWITTER)["order:flow:tweet-write"].order == (
        "Clients",
        "Tweetypie",
        "Kafka",
        "Fanout Service",
        "Redis Cache",
    )
    assert all(len(card.order) > 2 for card in deck(TWITTER) if card.kind == "ordering")


def test_a_day_of_twenty_new_cards_is_not_all_of_one_kind() -> None:
    cards = deck(TWITTER)
    for start in range(0, len(cards) - 20, 20):
        day = cards[start : start + 20]
        assert len({card.kind for card in day}) >= 2, start
        assert max(Counter(card.topic for card in day).values()) <= 14, start
    early = {card.topic for card in cards[:20]}
    assert early == {"numbers", "quick-reference"}


def changed(model: Any, change: Any) -> Any:
    """The model with `change` made to the tuples and texts in it, ids and slugs left alone."""
    if isinstance(model, BaseModel):
        fields = {
            name: changed(getattr(model, name), change)
            for name in type(model).model_fields
            if name not in KEPT
        }
        return model.model_copy(update=fields)
    if isinstance(model, tuple):
        return change(tuple(changed(each, change) for each in model))
    return change(model) if isinstance(model, str) else model


KEPT = {"id", "slug", "layer", "source", "target", "path", "unit", "status", "formula", "number"}
KEPT |= {"labs", "lab_groups", "stand_ins", "grading", "signals", "weights", "opens", "companions"}


def ciphered(part: Any) -> Any:
    """Every word another one, the same for the same; what marks, names or counts is left."""
    if not isinstance(part, str):
        return part
    words = REFERENCE.split(part)
    words[::2] = [codecs.encode(word, "rot13") for word in words[::2]]
    return "".join(f"{{{{n:{word}}}}}" if i % 2 else word for i, word in enumerate(words))


@PACKS
def test_ids_survive_a_change_of_every_text(pack: Pack) -> None:
    other = changed(pack, ciphered)
    units = {number.slug: number.text for number in pack.numbers}
    numbers = [n.model_copy(update={"text": units[n.slug]}) for n in other.numbers]
    other = other.model_copy(update={"numbers": tuple(numbers)})
    assert other.mistakes[0].name != pack.mistakes[0].name
    assert set(by_id(other)) == set(by_id(pack))
    assert all(by_id(other)[id].kind == card.kind for id, card in by_id(pack).items())


@PACKS
def test_ids_survive_another_order(pack: Pack) -> None:
    other = changed(pack, lambda part: part[::-1] if isinstance(part, tuple) else part)
    assert [each.id for each in other.mistakes] == [each.id for each in pack.mistakes][::-1]
    assert set(by_id(other)) == set(by_id(pack))


@PACKS
def test_a_card_leads_to_the_page_that_explains_it(pack: Pack) -> None:
    for card in deck(pack):
        assert card.about.startswith(f"/learn/{pack.slug}/"), card.id
    assert by_id(CHAT)["mistake:no-offline"].about == "/learn/chat/mistakes/#no-offline"
    assert by_id(CHAT)["question:q1"].about == "/learn/chat/clarifying-questions/#q1"
    assert by_id(CHAT)["number:users"].about == "/learn/chat/numbers/users/"


@PACKS
def test_no_title_of_a_picture_names_what_is_missing(pack: Pack) -> None:
    names = {each.id: each.name for each in pack.architecture.components}
    pictures: list[Card] = [card for card in deck(pack) if card.kind == "picture"]
    assert pictures
    for card in pictures:
        assert not holds(card.title, names[card.hole])
        assert spelled(names[card.hole]) in spelled(card.back)
