"""The ledger's pages: what an address asks for, and what would follow from other values."""

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from trainer.catalog.packs import get_pack
from trainer.learn.numbers import by_status, chosen, grouped, lacks_value, subjects, wanted
from trainer.learn.what_if import downstream, fields, followed

PACK = get_pack("twitter")
PAGE = "/learn/twitter/numbers/"


def found(**asked: str) -> list[str]:
    return [number.slug for number in chosen(PACK, wanted(PACK, asked))]


def text_of(response) -> str:
    bare = re.sub(r"<[^>]+>", "", response.content.decode())
    return " ".join(html.unescape(bare).split())


@pytest.mark.parametrize("q", ["250M", "250 million", "2.5e8", "250,000,000", "250M users"])
def test_a_typed_value_finds_the_numbers_of_that_value(q: str):
    assert found(q=q) == ["dau"]


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("1500 ms", ["latency-budget"]),
        ("0.81 s", ["search-latency-sum"]),
        ("5.8K", ["tweets-per-second"]),
        ("0.0002%", ["breaker-trip-share"]),
        ("trillions", ["writes-saved"]),
        ("50/50", ["in-network-share", "out-of-network-share", "timeline-split"]),
        ("zebra", []),
        ("???", []),
    ],
)
def test_a_value_is_found_in_any_unit_of_its_kind_and_as_it_is_told(q: str, slugs: list[str]):
    assert found(q=q) == slugs


def test_words_are_found_in_labels_worth_and_stories():
    assert set(found(q="earlybird")) == {"search-latency", "search-latency-before"}
    assert "weight-retweet" in found(q="light ranker unused")


def test_a_figure_that_no_number_has_is_looked_for_in_the_words():
    assert "timeline-qps-peak" in found(q="2013")


@pytest.mark.parametrize("q", ["20%", "0", "99%", "7"])
def test_a_figure_is_no_part_of_another(q: str):
    assert found(q=q) == []


def test_words_are_found_where_they_begin():
    assert found(q="celeb") == found(q="celebrit") != []
    assert "out-of-network-share" in found(q="network")  # after a hyphen too
    assert found(q="etwork") == []


def test_a_value_is_found_with_its_sign():
    assert found(q="-738") == found(q="\N{MINUS SIGN}738x") == ["report-in-likes"]
    assert found(q="-369") == ["published-report"]
    assert found(q="-100K") == []


@pytest.mark.parametrize(
    ("q", "lacks"),
    [("20%", True), ("2013", True), ("250M", False), ("-74", False), ("zebra", False), ("", False)],
)
def test_an_amount_that_no_number_has_is_known(q: str, lacks: bool):
    assert lacks_value(chosen(PACK, wanted(PACK, {"q": q})), q) is lacks


def test_a_value_that_no_number_has_is_said(client):
    text = text_of(client.get(PAGE, {"q": "20%"}))
    assert "No number here has the value “20%”. Try a word" in text
    assert "No number fits" not in text
    text = text_of(client.get(PAGE, {"q": "2013"}))
    assert "No number here has the value “2013”. These name it in the text." in text
    assert "has the value" not in text_of(client.get(PAGE, {"q": "250M"}))


def test_filters_hold_together():
    slugs = found(status="contested", subject="Search", key="1")
    assert slugs == ["search-latency"]
    assert len(found(key="1")) == 25
    assert len(found(status="contested")) == by_status(PACK)["contested"] == 21


def test_every_number_stands_once_under_a_heading():
    groups = grouped(PACK, PACK.numbers)
    assert [subject for subject, _ in groups] == list(subjects(PACK))
    shown = [row.number.slug for _, rows in groups for row in rows]
    assert sorted(shown) == sorted(PACK.ledger)


def test_what_follows_from_a_number_comes_after_what_it_reads():
    order = [number.slug for number in downstream(PACK.ledger, ["tweets-per-day"])]
    assert order.index("regular-fanout-writes") < order.index("fanout-claim-before")
    assert order.index("fanout-claim-before") < order.index("fanout-claim-after")
    assert "dau-mau-ratio" not in order


def test_a_changed_value_goes_through_all_that_follows_with_its_factor():
    worked = {each.number.slug: each for each in followed(PACK.ledger, {"average-followers": 1400})}
    assert worked["regular-fanout-writes"].yours == pytest.approx(665e9)
    factors = {slug: each.factor for slug, each in worked.items()}
    assert factors["fanout-claim-after"] == pytest.approx(2)
    assert worked["writes-per-load"].times == "2x"
    assert "timeline-loads-per-day" not in worked


def test_a_typed_value_stands_although_it_would_follow_from_another():
    changed = {"refresh-latency": 1000.0, "search-latency-sum": 900.0}
    worked = {each.number.slug: each.yours for each in followed(PACK.ledger, changed)}
    assert worked == {"search-latency-total": 900, "search-latency-worst": 900}


def test_a_value_that_divides_by_zero_is_told_and_so_is_what_needs_it():
    worked = {each.number.slug: each for each in followed(PACK.ledger, {"timeline-qps": 0.0})}
    assert worked["timeline-loads-per-day"].yours == 0
    assert worked["breaker-trip-share"].yours is None
    assert "divides by zero" in worked["breaker-trip-share"].problem
    assert worked["pipeline-load-share"].times == "\N{EN DASH}"


@pytest.mark.parametrize("number", PACK.numbers, ids=lambda number: number.slug)
def test_a_box_left_as_it_is_changes_nothing(number):
    for field in fields(PACK.ledger, number, {}):
        again = fields(PACK.ledger, number, {field.number.slug: f" {field.typed} "})
        assert not any(each.is_changed or each.problem for each in again)


@pytest.mark.parametrize(
    ("slug", "typed", "sentence"),
    [
        ("tweets-per-day", "5 seconds", "“5 seconds” is a time, and a number of tweets a day"),
        ("tweets-per-day", "many", "“many” does not read as one number"),
        ("tweets-per-day", "1 or 2", "does not read as one number"),
        ("tweets-per-day", "-3M", "is below zero"),
        ("tweets-per-day", "9" * 60, "longer than 40 characters"),
        ("celebrity-tweet-share", "200%", "“200%” is more than the whole"),
        ("average-followers", "10x", "is a factor"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_with_what_to_type(slug, typed, sentence):
    asked = fields(PACK.ledger, PACK.ledger["regular-fanout-writes"], {slug: typed})
    (wrong,) = (each for each in asked if each.problem)
    assert wrong.number.slug == slug
    assert sentence in wrong.problem
    assert f"Type it like {wrong.told}" in wrong.problem


def test_a_negative_value_is_read_where_the_guide_has_one():
    (report, _) = fields(PACK.ledger, PACK.ledger["report-in-likes"], {"published-report": "-1.5K"})
    assert (report.value, report.problem) == (-1500, "")


def test_the_page_shows_all_numbers_each_at_an_anchor_of_its_own(client):
    page = client.get(PAGE).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert set(PACK.ledger) <= set(ids)
    assert len(ids) == len(set(ids))
    assert f"{len(PACK.numbers)} of {len(PACK.numbers)} numbers" in page


def test_the_page_tells_sums_uses_and_how_far_sources_were_read(client):
    text = text_of(client.get(PAGE))
    assert "250M \N{DIVISION SIGN} 450M = 55.56%, told as 55.6%" in text
    assert "Twitter Engineering 2023 (second-hand)" in text
    for use in ("say it", "show the sum", "say “assume”", "know the catch"):
        assert use in text


def test_a_typed_search_gets_the_list_alone_and_the_same_list(client):
    asked = {"q": "250M", "status": "confirmed"}
    page, part = client.get(PAGE, asked), client.get(PAGE, asked, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'hx-swap-oob="innerHTML:#how-many"' in part.content.decode()
    for response in (page, part):
        assert response.content.decode().count('class="number-row"') == 1
        assert "HX-Request" in response["Vary"]
    back = client.get(PAGE, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_a_filter_that_is_not_there_is_named_and_nothing_is_hidden(client):
    text = text_of(client.get(PAGE, {"status": "<b>sure", "subject": "Nowhere"}))
    assert "“<b>sure” is no status and no subject here" in text
    assert f"{len(PACK.numbers)} of {len(PACK.numbers)}" in text


def test_nothing_found_says_what_to_try(client):
    assert "No number fits “zebra”" in text_of(client.get(PAGE, {"q": "zebra"}))


def test_every_number_has_its_page_and_its_links_lead_somewhere(client):
    seen: set[str] = set()
    for slug in PACK.ledger:
        response = client.get(f"{PAGE}{slug}/")
        assert response.status_code == 200, slug
        main = response.content.decode().split("<main")[1]
        seen |= {urlsplit(each).path for each in re.findall(r'href="(/[^"]+)"', main)}
    assert f"{PAGE}dau/" in seen
    for path in seen:
        route = resolve(path)
        if route.url_name == "number":
            assert route.kwargs["number"] in PACK.ledger
        if route.url_name == "lab":
            assert PACK.lab(route.kwargs["lab"])


def test_a_contested_number_tells_its_story_and_what_speaks_of_it(client):
    text = text_of(client.get(f"{PAGE}breaker-failures/"))
    assert "Contradiction: The circuit breaker is a hair trigger" in text
    assert "Lab: " in text
    text = text_of(client.get(f"{PAGE}weight-retweet/"))
    assert "The catch In the heavy ranker's README a retweet has 1.0 and a like 0.5" in text
    assert "Twitter, 2023. Read in the source." in text
    assert "Second-hand, from a mirror" in text_of(client.get(f"{PAGE}dau/"))


def test_what_if_is_in_the_address(client):
    text = text_of(client.get(f"{PAGE}tweets-per-second/", {"tweets-per-day": "1 billion"}))
    assert "Tweets a second, mean 5.8K 11,570 2x" in text
    assert "Fan-out writes a day of regular users 332B 665B 2x" in text
    page = client.get(f"{PAGE}tweets-per-second/", {"tweets-per-day": "<5 s"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert "&lt;5 s" in page


def test_a_number_that_is_not_there_is_not_found(client):
    assert client.get(f"{PAGE}nope/").status_code == 404
    assert client.get("/learn/chess/numbers/").status_code == 404
    assert client.get("/learn/chess/contradictions/").status_code == 404


def test_the_contradictions_show_their_sums_and_what_to_say(client):
    response = client.get("/learn/twitter/contradictions/")
    page, text = response.content.decode(), text_of(response)
    for case in PACK.contradictions:
        assert f'id="{case.id}"' in page
    assert "332B \N{MULTIPLICATION SIGN} 10x = 3.32T" in text
    assert "Worth a drill" in text
    for path in set(re.findall(r'href="(/drills[^"]+)"', page)):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}dau/", "/learn/twitter/contradictions/"])
def test_the_pages_are_only_read_and_make_no_guest(client, path):
    assert client.post(path).status_code == 405
    client.get(path)
    assert "sessionid" not in client.cookies


def test_a_pack_without_subjects_or_contradictions_has_its_pages_too(client, settings):
    settings.CONTENT_DIR = Path(__file__).parents[1] / "catalog" / "packs"
    text = text_of(client.get("/learn/chat/numbers/"))
    assert "3 of 3 numbers" in text
    assert "Other numbers 40" in text
    assert client.get("/learn/chat/numbers/messages-per-day/").status_code == 200
    assert "None is noted for this subject" in text_of(client.get("/learn/chat/contradictions/"))
