"""What the simulator's people talk about passes the gates, and its bots do not trend."""

import pytest

from trainer.twitter.trends.models import TrendMention
from trainer.twitter.trends.rules import TrendRules
from trainer.twitter.trends.selectors import TrendPage, trends
from trainer.twitter.world.value import World
from trainer.twitter.world.words import BOT_TAG, TAG_ENDINGS, TOPICS

# Two thousand accounts mention a topic some times a day: compare days, as Mastodon does.
BY_THE_DAY = TrendRules(
    window_min=1440, scored_min=1440, history_min=2880, expectation_half_life_min=1440
)


@pytest.fixture
def listed(small_world: World) -> TrendPage:
    return trends(small_world, rules=BY_THE_DAY)


def test_topics_trend_in_the_small_world(listed: TrendPage):
    tags = {topic[0] + ending for topic in TOPICS for ending in TAG_ENDINGS}
    assert listed.trends
    assert {trend.term for trend in listed.trends} <= tags


def test_no_topic_with_enough_authors_looks_unnatural(listed: TrendPage):
    assert listed.waiting == ()
    refusals = {
        finding.gate
        for trend in listed.refused
        for finding in trend.findings
        if finding.verdict == "refused" and trend.authors >= BY_THE_DAY.minimum_authors
    }
    assert refusals <= {"region_spread"}


def test_the_bots_do_not_trend(small_world: World, listed: TrendPage):
    assert TrendMention.objects.filter(world_id=small_world.id, term=BOT_TAG).exists()
    assert BOT_TAG not in {trend.term for trend in (*listed.trends, *listed.waiting)}
