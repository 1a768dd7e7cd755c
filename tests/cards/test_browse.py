"""Browsing: everybody may, by address alone, and it leaves nothing behind."""

import re
import shutil
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cards.both_packs import CHAT, PACKS
from trainer.accounts.models import User
from trainer.cards.browsing import Asked, address, as_list, asked_for, browsed, place_in
from trainer.cards.deck import deck
from trainer.cards.faces import face
from trainer.catalog.packs import get_pack
from trainer.schedule.models import Item

pytestmark = pytest.mark.django_db


def browse(query: str = "", status: int = 200) -> str:
    response = Client().get(f"/cards/browse/{query}")
    assert response.status_code == status
    return response.content.decode()


def place(html: str) -> str:
    return re.search(r"<title>(.*?): browse</title>", html)[1]


def way(html: str, rel: str) -> str | None:
    found = re.search(rf'<a class="button" href="([^"]*)" rel="{rel}"', html)
    return found[1].replace("&amp;", "&") if found else None


def test_a_stranger_flips_through_and_nothing_is_kept() -> None:
    client = Client()
    cards = deck(get_pack("twitter"))
    html = client.get("/cards/browse/").content.decode()
    assert place(html) == f"Card 1 of {len(cards)}"
    assert face(get_pack("twitter"), cards[0]).front in html
    assert way(html, "prev") is None
    html = client.get(f"/cards/browse/{way(html, 'next')}").content.decode()
    assert place(html) == f"Card 2 of {len(cards)}"
    assert face(get_pack("twitter"), cards[1]).back in html
    assert way(html, "prev") == "?"
    assert not client.cookies.get("sessionid")
    assert (User.objects.count(), Session.objects.count(), Item.objects.count()) == (0, 0, 0)


def test_the_next_card_is_fetched_ahead() -> None:
    html = browse("?at=2")
    assert f'<link rel="prefetch" href="{way(html, "next")}">' in html
    last = browse("?at=100000")
    assert way(last, "next") is None
    assert "prefetch" not in last


def test_only_the_contested_ones() -> None:
    html = browse("?status=contested")
    contested = [card for card in deck(get_pack("twitter")) if card.status == "contested"]
    assert place(html) == f"Card 1 of {len(contested)}"
    assert "know the catch" in html
    assert way(html, "next") == "?status=contested&at=2"
    assert 'href="?" aria-current="true">Contested' in html  # once more: all of them again


def test_filters_narrow_together_and_an_empty_choice_has_a_way_out() -> None:
    assert place(browse("?topic=architecture&kind=picture")).endswith(" of 14")
    html = browse("?topic=architecture&status=confirmed&kind=numeric")
    assert "No card fits these filters." in html
    assert 'href="?"' in html
    assert "No card fits these filters." in browse("?topic=no-such-topic")
    assert "No card fits these filters." in browse("?kind=no-such-kind&view=list")


def test_a_shuffle_is_the_same_for_the_same_seed_and_keeps_every_card() -> None:
    cards = deck(get_pack("twitter"))
    seven = browsed(cards, Asked("twitter", shuffle=7))
    assert seven == browsed(cards, Asked("twitter", shuffle=7))
    assert seven != browsed(cards, Asked("twitter", shuffle=8)) != list(cards)
    assert sorted(card.id for card in seven) == sorted(card.id for card in cards)
    html = browse("?shuffle=7&at=3")
    assert face(get_pack("twitter"), seven[2]).back in html
    assert way(html, "next") == "?shuffle=7&at=4"


@pytest.mark.parametrize("at", ["0", "-3", "x", "", "99999999999999999999", "\uff11\uff12"])
def test_a_place_that_is_none_is_the_first_card(at: str) -> None:
    assert place(browse(f"?at={at}")).startswith("Card 1 of")


def test_the_list_names_every_card_and_leads_to_each() -> None:
    html = browse("?topic=mistakes&view=list")
    titles = re.findall(r'<li><a href="\?topic=mistakes.*?"><span>(.*?)</span>', html)
    assert titles == [mistake.name for mistake in get_pack("twitter").mistakes]
    assert '<a href="?topic=mistakes&amp;at=2">' in html
    assert '<input type="hidden" name="view" value="list">' in html
    assert 'href="?topic=mistakes&amp;status=contested&amp;view=list"' in html
    assert 'href="?topic=mistakes"' in html  # back to one by one


def test_another_pack_is_flipped_through_as_well(tmp_path: Path, settings) -> None:
    shutil.copytree(PACKS / "chat", tmp_path / "chat")
    settings.CONTENT_DIR = tmp_path
    html = browse("?pack=chat&topic=architecture")
    assert place(html) == f"Card 1 of {sum(card.topic == 'architecture' for card in deck(CHAT))}"
    assert way(html, "next") == "?pack=chat&topic=architecture&at=2"
    assert '<input type="hidden" name="pack" value="chat">' in html


def test_an_unknown_pack_is_not_found() -> None:
    browse("?pack=nobody", 404)


def test_an_address_says_only_what_does_not_go_without_saying() -> None:
    asked = asked_for({"topic": "traps", "at": "5", "shuffle": "12"}, "twitter")
    assert address(asked, "twitter") == "?topic=traps&shuffle=12&at=5"
    assert address(asked, "twitter", at=1, shuffle=0, topic="") == "?"
    assert address(asked_for({"pack": "chat"}, "twitter"), "twitter") == "?pack=chat"
    assert (as_list("?"), as_list("?kind=cloze")) == ("?view=list", "?kind=cloze&view=list")
    assert place_in([], asked) is None
