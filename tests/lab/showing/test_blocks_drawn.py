"""Every kind of block as HTML: whole without a script."""

import json
import re

import pytest
from django.template.loader import render_to_string

from trainer.catalog.packs import get_pack
from trainer.lab.blocks import (
    Chart,
    Column,
    Frame,
    Note,
    Puzzle,
    Puzzles,
    Series,
    Steps,
    Table,
    Tweet,
    Tweets,
    to_json,
)

SUM = [["like", 0.5, 0.1, 0.05]]


def html(block):
    pack = get_pack("twitter")
    return render_to_string("lab/blocks/_block.html", {"block": to_json(block), "pack": pack})


def test_a_table_scrolls_in_a_region_that_has_a_name():
    drawn = html(Table("t", "By batch", [Column("Writes", bar=True)], [[12_345]], "measured"))
    assert 'role="region" aria-labelledby="block-t-title" tabindex="0"' in drawn
    assert "12,345" in drawn
    assert 'data-origin="measured"' in drawn


@pytest.mark.parametrize("kind", ["lines", "points", "steps", "bars"])
def test_a_chart_has_its_table_and_a_text_alternative(kind):
    block = Chart("c", "Errors", "walks", "%", [Series("a", [0, 1], [5, 7])], "measured", kind=kind)
    drawn = html(block)
    assert "The same as a table" in drawn
    assert 'role="img" aria-label="Errors:' in drawn


def test_the_drawing_stands_in_the_page_as_data():
    drawn = html(Chart("c", "</script>", "x", "y", [Series("</script>", [1], [2])], "cited"))
    data = re.search(r'<script id="data-c" type="application/json">(.*?)</script>', drawn)
    assert json.loads(data[1])["series"][0]["name"] == "</script>"


def test_all_frames_of_a_sequence_are_in_the_page():
    frames = [Frame(f"step {n}", f"Text {n}.", [["ada", n]]) for n in range(3)]
    drawn = html(Steps("s", "Spreading", [Column("Who"), Column("Visits")], frames, "measured"))
    assert all(f"Text {n}." in drawn for n in range(3))
    assert "Text 0.</p>" in drawn
    assert not re.search(r"<li[^>]*hidden", drawn)


def test_a_tweet_opens_to_its_sum():
    tweet = Tweet(1, "ada", "<b>Hi</b>", ["heavy"], was=3, facts=[("likes", 12_345)], sum_=SUM)
    drawn = html(Tweets("tl", "Timeline", [tweet], "measured"))
    assert "&lt;b&gt;Hi" in drawn
    assert "was 3" in drawn
    assert "12,345" in drawn


def test_a_puzzle_hides_its_answer_behind_a_click():
    puzzle = Puzzle("*One* of the two.", "The other.", "A hint.", "The answer.", "1 + 1 = 2")
    drawn = html(Puzzles("p", "Find the slip", [puzzle], "cited"))
    assert "<em>One</em>" in drawn
    assert drawn.index("<summary>The slip</summary>") < drawn.index("The answer.")


def test_a_note_has_its_tone():
    assert 'class="notice amber"' in html(Note("n", "Broken", "It broke.", tone="amber"))
