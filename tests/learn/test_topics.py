import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.learn.reading import all_prose, ids, said, within
from trainer.cards.deck import deck
from trainer.catalog.packs import get_pack
from trainer.drills.kinds import BY_SLUG
from trainer.learn.topics import ALL, topic, topics

PACK = get_pack("twitter")
SLUGS = [each.slug for each in ALL]
PROVEN = {
    **{trap.id: "traps" for trap in PACK.traps},
    **{dive.id: "deep-dives" for dive in PACK.deep_dives},
    **{decision.id: "trade-offs" for decision in PACK.trade_offs.decisions},
    **{mistake.id: "mistakes" for mistake in PACK.mistakes},
}


@pytest.fixture
def page(client):
    return lambda slug: client.get(f"/learn/twitter/{slug}/").content.decode()


def links(html: str) -> list[str]:
    return [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+)"', html)]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_holds_all_that_is_taught_at_the_contents_own_ids(page, slug):
    html = page(slug)

    for section in topic(PACK, slug).sections(PACK):
        for entry in section.entries:
            words = said(within(html, entry.id))
            missing = [text for text in all_prose(PACK, entry.taught) if text not in words]
            assert missing == [], entry.id
    assert len(ids(html)) == len(set(ids(html)))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_contents_of_a_page_lead_to_what_is_on_it(page, slug):
    html = page(slug)
    anchors = [link[1:] for link in links(html) if link.startswith("#")]

    assert len(anchors) > 2
    assert set(anchors) <= {"main", *ids(html)}


@pytest.mark.parametrize("slug", SLUGS)
def test_each_drill_that_a_page_names_asks_what_it_promises(page, slug):
    drills = [link for link in links(page(slug)) if link.startswith("/drills/twitter/")]

    for link in drills:
        drill = BY_SLUG[urlsplit(link).path.split("/")[3]]
        wanted = parse_qs(urlsplit(link).query).get("item")
        assert drill.items(PACK)
        assert wanted is None or wanted[0] in drill.items(PACK)
    assert drills or slug == "pacing"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_leads_to_its_flashcards(page, slug):
    assert f"/cards/?topic={topic(PACK, slug).cards}" in links(page(slug))


def test_what_a_lab_bears_out_leads_to_that_lab(page):
    pages = {slug: page(slug) for slug in set(PROVEN.values())}

    for lab in PACK.labs:
        for id_ in lab.proves:
            there = links(within(pages[PROVEN[id_]], id_))
            assert f"/lab/twitter/{lab.slug}/" in there, (lab.slug, id_)


def test_a_trap_leads_to_its_own_drill_and_a_mistake_to_a_design_that_makes_it(page):
    assert "/drills/twitter/traps/?item=t3" in links(within(page("traps"), "t3"))
    design = next(link for link in links(within(page("mistakes"), "no-trends")) if "item=" in link)
    made = next(each for each in PACK.flawed if each.id == design.split("item=")[1])
    assert "no-trends" in [sentence.mistake for sentence in made.sentences]


def test_a_component_says_where_its_arrows_come_from_and_lead(page):
    fanout = links(within(page("architecture"), "fanout"))

    assert [each for each in fanout if each.startswith("#")] == [
        "#kafka",
        "#manhattan",
        "#redis",
        "#mysql",
    ]
    assert "/lab/twitter/celebrity/" in fanout


def test_numbers_on_a_page_lead_to_their_own(client, page):
    numbers = {link for link in links(page("pacing") + page("traps")) if "/numbers/" in link}

    assert "/learn/twitter/numbers/celebrity-threshold/" in numbers
    assert {each.split("/")[4] for each in numbers} <= set(PACK.ledger)
    assert client.get("/learn/twitter/numbers/celebrity-threshold/").status_code == 200


def test_a_pack_has_no_page_for_what_it_does_not_teach():
    without = PACK.model_copy(update={"mistakes": ()})

    assert "mistakes" not in [each.slug for each in topics(without)]
    with pytest.raises(LookupError, match="no topic “mistakes”"):
        topic(without, "mistakes")


def test_the_index_leads_to_every_topic_and_page(client, page):
    found = links(client.get("/learn/twitter/").content.decode())

    pages = ["sample-interview", "quick-reference", "numbers", "contradictions", *SLUGS]
    assert [each for each in pages if f"/learn/twitter/{each}/" not in found] == []


@pytest.mark.parametrize("path", ["/learn/twitter/opinions/", "/learn/chess/traps/"])
def test_an_unknown_topic_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_topics_are_only_read(client):
    assert client.post("/learn/twitter/traps/").status_code == 405


def test_every_flashcard_leads_to_where_its_matter_stands(client):
    found: dict[str, set[str]] = {}
    for each in deck(PACK):
        path, _, anchor = each.about.partition("#")
        if path not in found:
            response = client.get(path)
            assert response.status_code == 200, path
            found[path] = {"", *ids(response.content.decode())}
        assert anchor in found[path], each.id
