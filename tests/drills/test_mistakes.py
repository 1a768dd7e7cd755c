"""Mistakes in a design: marked, named, and counted as found, missed or a false alarm."""

import html as entities

import pytest

from tests.drills.rounds import Player, wanted_pack
from trainer.catalog.prose import plain
from trainer.schedule import coverage
from trainer.schedule.models import Item

pytestmark = pytest.mark.django_db
DESIGN = wanted_pack().flawed[0]
PLANTED = [str(n) for n, each in enumerate(DESIGN.sentences) if each.mistake]
CLEAN = [str(n) for n, each in enumerate(DESIGN.sentences) if not each.mistake]


def play(marked: list[str], **names: str) -> Player:
    player = Player("mistakes", item=DESIGN.id)
    player.send("mark", sentence=marked)
    right = {f"name-{n}": DESIGN.sentences[int(n)].mistake or "no-trends" for n in marked}
    player.send("name", **(right | names))
    return player


def test_all_found_and_named_is_the_best_that_can_be() -> None:
    player = play(PLANTED)
    assert f"{len(PLANTED)} of {len(PLANTED)} mistakes found<" in player.page()
    item = Item.objects.get(key=f"drill:twitter:mistakes:{DESIGN.id}")
    assert item.memory["stability"] == pytest.approx(2.3065)  # rated 3
    seen = coverage.seen_points(player.owner, "twitter")
    assert {name for name in seen if all(each.covered for each in seen[name])} == {
        f"flaw:{DESIGN.sentences[int(n)].mistake}" for n in PLANTED
    }


def test_hits_misses_false_alarms_and_wrong_names_are_told_apart() -> None:
    player = play([PLANTED[0], PLANTED[1], CLEAN[0]], **{f"name-{PLANTED[1]}": "no-search"})
    page = entities.unescape(player.page())
    assert f"1 of {len(PLANTED)} mistakes found, 1 false alarm" in page
    for said in ("Found: ", "Missed: ", "Marked, but it is another mistake: ", "False alarm: "):
        assert page.count(said) == 1
    assert "Clean, though it may look wrong." in page
    assert player.round.log.count() == 4


def test_a_mistake_may_go_by_another_name_that_fits() -> None:
    first = DESIGN.sentences[int(PLANTED[0])]
    assert first.also
    player = play([PLANTED[0]], **{f"name-{PLANTED[0]}": first.also[0]})
    assert f"1 of {len(PLANTED)} mistakes found<" in player.page()


def test_nothing_says_which_sentences_are_wrong_before_the_end() -> None:
    player = Player("mistakes", item=DESIGN.id)
    assert player.send("mark").status_code == 409
    assert player.send("mark", sentence="99").status_code == 409
    player.send("mark", sentence=PLANTED)
    player.send("reopen")
    assert f'value="{PLANTED[0]}" checked' in player.seen[-1]
    player.send("mark", sentence=[*PLANTED, CLEAN[0]])
    names = {f"name-{PLANTED[0]}": "no-trends", f"name-{CLEAN[0]}": ""}
    assert player.send("name", **names).status_code == 409
    assert 'value="no-trends" selected' in player.seen[-1]  # the choice is not lost
    reasons = [plain(wanted_pack(), each.because) for each in DESIGN.sentences if each.because]
    shown = entities.unescape(" ".join(player.seen))
    assert not [reason for reason in reasons if reason[:30] in shown]


def test_every_design_can_be_played() -> None:
    for design in wanted_pack().flawed:
        words = sum(len(plain(wanted_pack(), each.text).split()) for each in design.sentences)
        made = [each.mistake for each in design.sentences if each.mistake]
        assert (3 <= len(made) <= 4, 110 <= words <= 190) == (True, True), (design.id, words)
    planted = {each.mistake for design in wanted_pack().flawed for each in design.sentences}
    assert planted - {None} == {mistake.id for mistake in wanted_pack().mistakes}
