"""What is taught is found, by words, by numbers and in spite of slips."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils.html import escape

from tests.races import in_a_thread
from trainer.catalog.packs import get_pack
from trainer.learn.models import Edition, Passage, Word
from trainer.learn.search import index
from trainer.learn.search.asked import (
    TooLong,
    numbers_named,
    only_excludes,
    plain_words,
    read,
    sought,
)
from trainer.learn.search.lexemes import findable, joined_compounds
from trainer.learn.search.passages import Place, passages
from trainer.learn.search.selectors import FEW, SHOWN, search
from trainer.learn.search.tsquery import compose, unfinished

ADDRESS = "/learn/twitter/search/"


@pytest.fixture(scope="module")
def pack():
    return get_pack("twitter")


@pytest.fixture(scope="module", autouse=True)
def built(pack, django_db_setup, django_db_blocker) -> Iterator[None]:
    """One index for all: to build it takes longer than to ask it everything here."""
    with django_db_blocker.unblock():
        index.edition(pack)
    yield
    with django_db_blocker.unblock():
        Edition.objects.all().delete()
        connection.close()


def hits(pack, query: str) -> list[str]:
    return [hit.path for hit in search(pack, query).hits]


@pytest.mark.django_db
class TestFinding:
    def test_numbers_are_found_however_they_are_written(self, pack) -> None:
        for typed in ("250M", "2.5e8", "250 million", "250,000,000"):
            assert hits(pack, typed)[0] == "/learn/twitter/numbers/dau/", typed
        assert "/learn/twitter/numbers/latency-budget/" in hits(pack, "1.5 s")[:3]
        assert "/learn/twitter/numbers/latency-budget/" in hits(pack, "1500 ms")[:3]

    def test_words_are_found_in_every_kind_of_thing(self, pack) -> None:
        expected = {
            "Kafka": "/learn/twitter/architecture/#kafka",
            "fanout service": "/learn/twitter/architecture/#fanout",
            '"scope decides"': "/learn/twitter/clarifying-questions/#q1",
            "passing over celebrity": "/learn/twitter/mistakes/#no-celebrities",
            "simply push each tweet into the timelines": "/learn/twitter/traps/#t1",
            "scaled twice OR applied twice": "/learn/twitter/contradictions/#scaled-twice",
            "redis dies": "/lab/twitter/redis-dies/",
            "outbox celery": "/lab/twitter/what-stands-for-what/#kafka",
            "settle what is required": "/learn/twitter/pacing/#45-clarify",
            "work with 250M daily users": "/learn/twitter/sample-interview/?phase=clarify&line=6",
            "state the problem": "/learn/twitter/trade-offs/#problem",
            "unidirectional befriend": "/learn/twitter/quick-reference/#graph",
        }
        assert {
            typed: path for typed, path in expected.items() if path not in hits(pack, typed)[:4]
        } == {}

    def test_hyphens_and_slashes_hide_no_word(self, pack) -> None:
        assert set(hits(pack, "fan-out")) & set(hits(pack, "fanout"))
        assert hits(pack, "tweets/day") == hits(pack, "tweets day")

    def test_a_last_word_may_be_unfinished(self, pack) -> None:
        assert search(pack, "celebrit").total == search(pack, "celebrity").total > 5
        assert search(pack, "celebrit").meant == ""

    def test_words_can_be_left_out_and_phrases_asked_for(self, pack) -> None:
        with_, without = search(pack, "cache"), search(pack, "cache -redis")
        assert 0 < without.total < with_.total
        assert not any("redis" in hit.snippet.lower() for hit in without.hits)

    def test_a_slip_is_set_right(self, pack) -> None:
        found = search(pack, "thershold celebrty")
        assert (found.meant, found.is_loose) == ("threshold celebrity", False)
        assert [hit.path for hit in found.hits] == hits(pack, "threshold celebrity")

    def test_where_no_passage_has_all_words_some_have(self, pack) -> None:
        found = search(pack, "kafka walkthrough befriend")
        assert found.is_loose
        assert "/learn/twitter/architecture/#kafka" in [hit.path for hit in found.hits]

    def test_a_value_below_zero_is_found_with_its_sign(self, pack) -> None:
        for typed, slug in (
            ("-74", "published-negative"),
            ("-369", "published-report"),
            ("\N{MINUS SIGN}369", "published-report"),
            ("-738x", "report-in-likes"),
        ):
            found = search(pack, read(typed))
            assert found.hits[0].path == f"/learn/twitter/numbers/{slug}/", typed
            assert found.total < 5, typed
        assert "/contradictions/#highest-weight" in " ".join(hits(pack, "-74"))

    @pytest.mark.parametrize("typed", ["-redis", "-redis -kafka", "-500", '-"light ranker"'])
    def test_what_only_leaves_words_out_finds_nothing_and_is_told(self, pack, typed) -> None:
        found = search(pack, typed)
        assert (found.hits, found.total, found.only_excludes) == ((), 0, True)

    @pytest.mark.parametrize(
        ("typed", "path"),
        [
            ("how many tweets per day", "/learn/twitter/numbers/tweets-per-day/"),
            ("500M tweets per day", "/learn/twitter/numbers/tweets-per-day/"),
            ("push vs pull", "/learn/twitter/trade-offs/#fan-out"),
            ("What happens when Redis dies?", "/lab/twitter/redis-dies/"),
        ],
    )
    def test_a_question_finds_what_it_asks_about(self, pack, typed, path) -> None:
        found = search(pack, typed)
        assert (found.hits[0].path, found.is_loose) == (path, False)

    def test_few_hits_are_followed_by_others_that_have_some_of_the_words(self, pack) -> None:
        found = search(pack, "what if ml fails")
        others = [hit.path for hit in found.others]
        assert 0 < len(found.hits) < FEW
        assert "/learn/twitter/traps/#t3" in others
        assert not {hit.path for hit in found.hits} & set(others)

    @pytest.mark.parametrize(
        "typed", ["kafka", "tweets a day", '"scope decides"', "redis dies -kafka", "2.5 s"]
    )
    def test_no_others_follow_many_hits_one_word_a_phrase_or_a_value(self, pack, typed) -> None:
        assert search(pack, typed).others == ()

    @pytest.mark.parametrize(
        ("typed", "path"),
        [
            ("hyperloglog", "/drills/twitter/spot/?item=deleted-tweets"),
            ("usual length five phases", "/learn/twitter/pacing/#45"),
        ],
    )
    def test_pairs_of_answers_and_formats_are_found(self, pack, typed, path) -> None:
        assert hits(pack, typed)[0] == path

    def test_at_most_a_page_of_hits_is_given_and_the_rest_counted(self, pack) -> None:
        found = search(pack, "tweets")
        assert len(found.hits) == SHOWN < found.total

    def test_nothing_typed_breaks_it(self, pack) -> None:
        for typed in (
            "'",
            '"',
            "\\",
            "-",
            "or",
            "a & b | !c",
            "%s",
            "{0}",
            "%",
            "(",
            ":*",
            "<b>",
            "x:*A",
        ):
            search(pack, read(typed))
        assert search(pack, "zzzzqqq").hits == ()

    def test_what_matches_is_marked_and_all_else_escaped(self, pack) -> None:
        odd = '250M <img src=x onerror="f()"> & more'
        Passage.objects.filter(number="dau").update(title=odd, text=odd)
        (hit, *_) = search(pack, "250M").hits
        assert hit.title == escape(odd).replace("250M", "<mark>250M</mark>")
        assert "<img" not in hit.snippet
        assert "<mark>250M</mark>" in hit.snippet


@pytest.mark.django_db
class TestThePage:
    def test_before_anything_is_typed_it_says_what_can_be_found(self, client) -> None:
        page = client.get(ADDRESS)
        assert "Everything that is taught can be found" in page.text
        assert "HX-Request" in page["Vary"]

    def test_page_and_fragment_hold_the_same_results(self, client) -> None:
        page = client.get(ADDRESS, {"q": "kafka"})
        fragment = client.get(ADDRESS, {"q": "kafka"}, headers={"HX-Request": "true"})
        found = r'<ol class="search-hits">.*</ol>'
        assert re.search(found, page.text, re.S)[0] == re.search(found, fragment.text, re.S)[0]
        assert "<html" in page.text
        assert "<html" not in fragment.text
        assert 'id="search-count" hx-swap-oob="innerHTML"' in fragment.text

    def test_a_slip_offers_the_word_that_was_meant(self, client) -> None:
        page = client.get(ADDRESS, {"q": "thershold"}).text
        assert "Nothing for “thershold”. These are for" in page
        assert 'href="/learn/twitter/search/?q=threshold"' in page

    def test_others_stand_apart_and_are_counted(self, client) -> None:
        page = client.get(ADDRESS, {"q": "what if ml fails"}).text
        assert "1 result, then 10 with some of the words" in page
        whole, some = page.split("These have some of the words:")
        assert "/quick-reference/#ml-fails" in whole
        assert "/traps/#t3" in some

    def test_what_only_leaves_words_out_is_told_what_to_add(self, client) -> None:
        page = client.get(ADDRESS, {"q": "-redis"}).text
        assert "“-redis” only says what to leave out." in page
        assert "Type what to find before it" in page
        assert 'class="search-hits"' not in page

    def test_what_is_typed_is_shown_as_text(self, client) -> None:
        typed = '"><script>alert(1)</script>'
        page = client.get(ADDRESS, {"q": typed}).text
        assert typed not in page
        assert escape(typed) in page

    def test_too_much_is_refused_with_a_sentence(self, client) -> None:
        response = client.get(ADDRESS, {"q": "x" * 101})
        assert response.status_code == 400
        assert "This has 101 characters; a search takes 100 at most." in response.text
        assert client.get(ADDRESS, {"q": "a\x00b " + " " * 200}).status_code == 200

    def test_a_pack_that_is_not_there_is_not_found(self, client) -> None:
        assert client.get("/learn/nothing/search/?q=x").status_code == 404

    def test_every_result_leads_to_a_page_that_has_its_anchor(self, client, pack) -> None:
        rows = index.content(pack).rows
        # All labs are of one view, and so are all numbers and all lines of the sample interview.
        alike = {row.passage.place.view: row.path for row in rows if row.path.find("#") < 0}
        paths = {row.path for row in rows if "#" in row.path} | set(alike.values())
        pages: dict[str, set[str]] = {}
        for address in {path.split("#")[0] for path in paths}:
            response = client.get(address)
            assert response.status_code == 200, address
            pages[address] = set(re.findall(r'\bid="([^"]+)"', response.text))
        asked = [path.split("#") for path in paths if "#" in path]
        assert [each for each in asked if each[1] not in pages[each[0]]] == []


@pytest.mark.django_db(transaction=True)
def test_two_who_search_first_build_one_index(pack) -> None:
    barrier = Barrier(2)

    def first() -> int:
        barrier.wait()
        return index.edition(pack)

    with ThreadPoolExecutor(2) as pool:
        made = [in_a_thread(pool, first) for _ in range(2)]
        ids = {each.result() for each in made}
    assert ids == {Edition.objects.get().pk}
    assert Passage.objects.count() == len(index.content(pack).rows)


@pytest.mark.django_db
def test_changed_content_is_indexed_anew_and_old_indexes_go(pack, monkeypatch) -> None:
    monkeypatch.setattr(index, "_contents", {})
    editions = []
    for says in ("the first zebra", "the second quagga", "the third okapi"):
        line = pack.trade_offs.decisions[0].model_copy(update={"why": says})
        small = pack.model_copy(
            update={
                "numbers": (),
                "walkthrough": pack.walkthrough.model_copy(update={"phases": ()}),
                "labs": (),
                "lab_groups": (),
                "contradictions": (),
                "spot": (),
                "stand_ins": (),
                "deep_dives": (),
                "traps": (),
                "mistakes": (),
                "formats": (),
                "clarify": pack.clarify.model_copy(update={"essential": (), "avoid": ()}),
                "trade_offs": pack.trade_offs.model_copy(update={"decisions": (line,)}),
            }
        )
        monkeypatch.setattr(index, "plain", lambda pack, text: text)
        editions.append(index.edition(small))
        assert index.edition(small) == editions[-1]
        assert search(small, says.split()[-1]).hits
    assert search(small, "zebra").hits == ()
    assert set(Edition.objects.values_list("pk", flat=True)) == set(editions[1:])
    assert set(Word.objects.values_list("edition_id", flat=True)) == set(editions[1:])


def test_every_passage_has_a_title_a_text_and_a_place_of_its_own(pack) -> None:
    found = passages(pack, lambda text: text)
    assert all(each.title and each.text for each in found)
    places = [each.place for each in found if each.kind not in ("Lab", "Weights")]
    assert len(places) == len(set(places))


def test_the_figures_of_a_lab_are_no_part_of_what_is_shown(pack) -> None:
    found = {each.title: each for each in passages(pack, lambda text: text) if each.kind == "Lab"}
    for lab in pack.labs:
        assert lab.claim.says not in found[lab.title].text
        assert lab.say not in found[lab.title].text


def test_which_answer_is_the_bad_one_is_not_shown(pack) -> None:
    found = {each.title: each for each in passages(pack, lambda text: text)}
    for pair in pack.spot:
        passage = found[pair.ask]
        assert pair.topic in passage.text
        assert pair.why in passage.also
        assert not {pair.why, pair.good, pair.bad} & {passage.text}
        assert pair.good not in passage.also


def test_what_stands_beside_the_entries_is_found_too(pack) -> None:
    found = {each.place: each for each in passages(pack, lambda text: text)}
    asks = [(each.id, each.ask) for each in pack.contradictions if each.ask]
    assert asks
    for id_, ask in asks:
        assert ask in found[Place("learn:contradictions", tail=f"#{id_}")].text
    questions = Place("learn:topic", ("clarifying-questions",), "#essential")
    assert found[questions].text == " ".join(pack.clarify.opens_why.split())
    for each in pack.formats:
        place = Place("learn:topic", ("pacing",), f"#{each.id}")
        assert found[place].text == " ".join(each.summary.split())


def test_what_was_typed_is_read() -> None:
    assert read("\N{MINUS SIGN}74") == "-74"
    assert read("  a\tb \x00 c ") == "a b c"
    with pytest.raises(TooLong, match="This has 101 characters"):
        read("x" * 101)


def test_a_number_is_named_by_its_value_and_by_no_other_things(pack) -> None:
    assert "dau" in numbers_named(pack, "250M users")
    assert "dau" not in numbers_named(pack, "250M tweets")
    assert numbers_named(pack, "users") == []
    assert "latency-budget" in numbers_named(pack, "1500 ms")
    assert numbers_named(pack, "-74") == ["published-negative"]
    assert "published-negative" not in numbers_named(pack, "74")


def test_words_that_only_ask_are_left_out_unless_there_is_no_other() -> None:
    assert sought("How many tweets per day?") == "How tweets day?"
    assert sought("push vs. pull") == "push pull"
    assert sought("how much") == "how"
    assert sought("per") == "per"
    assert sought('"tweets per day"') == '"tweets per day"'


def test_a_query_that_only_leaves_out_is_known() -> None:
    for typed in ("-redis", "-a -b", '-"light ranker"', "kafka or -redis", "-74"):
        assert only_excludes(typed), typed
    for typed in ("", "-", "or", "cache -redis", "-redis cache", "fan-out", '"-74"', "a or b"):
        assert not only_excludes(typed), typed


def test_only_bare_words_are_plain() -> None:
    assert plain_words("ml fails") == ["ml", "fails"]
    for typed in ("cache -redis", '"light ranker" gpu', "push or pull"):
        assert plain_words(typed) == [], typed


def test_only_a_plain_last_word_is_taken_for_a_beginning() -> None:
    assert unfinished("fan wri") == ("fan", "wri")
    assert unfinished("wri") == ("", "wri")
    for query in ('"light ran', "cache -red", "fan-out", "250M", "a", "x "):
        assert unfinished(query) is None, query
    sql, parameters = compose("fan wri", ["write", "writes"])
    assert sql.count("%s") == len(parameters) == 4


def test_signs_that_would_hide_words_go() -> None:
    assert findable("tweets/day, push/pull, café") == "tweets day, push pull, cafe"
    assert findable("1.5 s and 3.3T") == "1.5 s and 3.3T"
    assert joined_compounds("Hybrid fan-out in-network 50-50") == "fanout innetwork"
