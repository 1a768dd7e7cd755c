import re

import pytest

from tests.learn.reading import all_prose, ids, said
from trainer.catalog.packs import get_pack
from trainer.learn.quick import card

ADDRESS = "/learn/twitter/quick-reference/"
PACK = get_pack("twitter")
ITEMS = [item for section in PACK.quick_reference.sections for item in section.items]


def read(client, query: str = "") -> str:
    return client.get(ADDRESS + query).content.decode()


@pytest.mark.parametrize("query", ["", "?recall=1", "?recall=1&show=all"])
def test_every_section_and_item_is_there_under_its_own_id(client, query):
    html = read(client, query)

    words = said(html)
    assert [text for text in all_prose(PACK, PACK.quick_reference) if text not in words] == []
    wanted = {section.id for section in PACK.quick_reference.sections} | {i.id for i in ITEMS}
    assert wanted <= set(ids(html))
    assert len(ids(html)) == len(set(ids(html)))


def test_a_number_carries_its_status_and_leads_to_its_page(client):
    html = read(client)

    numbers = re.findall(r'<a href="([^"]+)"[^>]*><data [^>]*data-status="(\w+)"', html)
    slugs = [re.findall(r"\{\{n:([a-z0-9-]+)\}\}", item.text) for item in ITEMS]
    assert numbers == [
        (f"/learn/twitter/numbers/{slug}/", PACK.ledger[slug].status)
        for named in slugs
        for slug in named
    ]


def test_recall_hides_each_item_behind_its_heading(client):
    html = read(client, "?recall=1")

    assert html.count("<details>") == len(ITEMS)
    assert "<details open>" not in html
    for section in PACK.quick_reference.sections:
        assert f'-title">{section.title}</h2>' in html


def test_without_a_script_all_can_be_shown_and_hidden_by_links(client):
    shown = read(client, "?recall=1&show=all")

    assert 'href="?recall=1&amp;show=all"' in read(client, "?recall=1")
    assert shown.count("<details open>") == len(ITEMS)
    assert 'href="?recall=1" data-all="hide"' in shown


def test_the_same_is_offered_as_flashcards(client):
    assert 'href="/cards/?topic=quick-reference"' in read(client)
    assert 'href="/cards/?topic=quick-reference"' in read(client, "?recall=1")


def test_the_legend_names_the_statuses_that_are_on_the_card_surest_first():
    assert card(PACK, "", "").statuses == ("confirmed", "assumption", "contested")


def test_showing_all_means_nothing_where_nothing_is_hidden():
    assert not card(PACK, "", "all").opened
    assert card(PACK, "1", "all").opened


def test_reading_keeps_nothing(client, db):
    read(client, "?recall=1")

    assert "sessionid" not in client.cookies


def test_a_card_is_only_read_and_only_of_a_pack_that_is_there(client):
    assert client.post(ADDRESS).status_code == 405
    assert client.get("/learn/chess/quick-reference/").status_code == 404
