"""The sides of a card as HTML: safe, in full, and of a picture without its answer."""

import re
from datetime import UTC, datetime
from html import escape
from xml.etree import ElementTree

import pytest

from tests.cards.both_packs import CHAT, TWITTER
from trainer.cards.deck import by_id, deck
from trainer.cards.deck.pictures import picture_svg
from trainer.cards.faces import face, own_face
from trainer.cards.models import OwnCard

SVG = "{http://www.w3.org/2000/svg}"


def own(front: str, back: str = "Back") -> OwnCard:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return OwnCard(front=front, back=back, created_at=now, changed_at=now)


def test_every_card_of_both_packs_has_its_sides_without_any_mark_left_over() -> None:
    for pack in (TWITTER, CHAT):
        for card in deck(pack):
            sides = face(pack, card)
            for side in (sides.front, sides.back):
                assert side.startswith("<"), card.id
                assert not re.search(r"\*\*|\{\{", side), card.id


def test_a_number_carries_its_value_and_its_status() -> None:
    back = face(TWITTER, by_id(TWITTER)["number:dau"]).back
    assert '<data class="number" value="250000000" data-status="confirmed"' in back


def test_a_missing_word_is_marked_on_the_back() -> None:
    sides = face(TWITTER, by_id(TWITTER)["cloze:reference.components.stores:redis"])
    assert "Manhattan as KV, […] as cache" in sides.front
    assert "<strong>Redis</strong>" in sides.back


def test_parts_to_be_ordered_are_mixed_and_never_right_by_chance() -> None:
    for card in deck(TWITTER):
        sides = face(TWITTER, card, seed="7")
        parts = sides.front.removeprefix(sides.question)
        assert bool(parts) == bool(card.order)
        if parts:
            right = re.findall(r"<li>(.*?)</li>", face(TWITTER, card).back, flags=re.S)
            mixed = re.findall(r"<li>(.*?)</li>", parts, flags=re.S)
            assert sorted(mixed) == sorted(right), card.id
            assert mixed != right, card.id
            assert sides == face(TWITTER, card, seed="7")


@pytest.mark.parametrize("component", TWITTER.architecture.components, ids=lambda each: each.id)
def test_a_picture_shows_every_component_but_one(component) -> None:
    svg = picture_svg(TWITTER, component.id)
    tree = ElementTree.fromstring(svg)
    boxes = [" ".join(each.itertext()) for each in tree.iter(f"{SVG}text")]
    others = {each.name for each in TWITTER.architecture.components} - {component.name}
    assert sorted(boxes) == sorted([*others, "?"])
    assert len(tree.findall(f"{SVG}path[@class='wire']")) == len(TWITTER.architecture.edges)
    words = tree.findtext(f"{SVG}title", "") + tree.findtext(f"{SVG}desc", "")
    assert component.name not in words
    assert "style" not in svg


def test_a_picture_says_in_words_where_the_hole_is() -> None:
    assert "The missing component stands after Tweetypie and before Fanout Service." in picture_svg(
        TWITTER, "kafka"
    )
    assert "before Chat Gateway." in picture_svg(CHAT, "clients")
    with pytest.raises(LookupError, match="it has clients, gateway, store"):
        picture_svg(CHAT, "kafka")


def test_names_in_a_picture_are_escaped() -> None:
    first, *others = CHAT.architecture.components
    named = first.model_copy(update={"name": "<b>&amp"})
    architecture = CHAT.architecture.model_copy(update={"components": (named, *others)})
    svg = picture_svg(CHAT.model_copy(update={"architecture": architecture}), "store")
    assert "&lt;b&gt;&amp;amp" in svg
    assert "<b>" not in svg


def test_what_a_person_wrote_is_inert() -> None:
    sides = own_face(
        own(
            "**Bold** {{n:dau}} {{n:no such}}\nsecond line",
            '<script>alert(1)</script><img src=x onerror="a()">[x](javascript:alert(1)) '
            '<a href="https://example.org" onclick="a()">there</a>',
        )
    )
    assert "<strong>Bold</strong> {{n:dau}} {{n:no such}}<br>" in sides.front
    assert sides.question == sides.front
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x" in sides.back  # words, no elements
    assert not re.search(r"<(script|img)|<[^>]*(onerror|onclick|javascript)", sides.back)
    assert 'href="https://example.org"' in sides.back


@pytest.mark.parametrize("prank", ["[" * 4_000, "<a " * 1_300, "1. " * 1_300])
def test_a_text_nested_beyond_reading_is_shown_as_typed(prank: str) -> None:
    assert own_face(own(prank)).front == f"<p>{escape(prank)}</p>"
    assert "<strong>still read</strong>" in own_face(own("**still read**")).front


def test_two_packs_with_the_same_ids_keep_their_own_sides() -> None:
    numbers = tuple(n.model_copy(update={"label": "Somebody"}) for n in CHAT.numbers)
    other = CHAT.model_copy(update={"numbers": numbers})
    assert "Daily users" in face(CHAT, by_id(CHAT)["number:users"]).front
    assert "Somebody" in face(other, by_id(other)["number:users"]).front
    assert "Daily users" in face(CHAT, by_id(CHAT)["number:users"]).front
