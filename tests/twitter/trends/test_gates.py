import numpy as np
import pytest

from tests.twitter.trends.crowds import NOW, OLD, Said, bots, crowd_of_people, mentions
from trainer.twitter.trends.gates import GLOBAL, Finding, Verdict, examine, worst
from trainer.twitter.trends.mentions import Mentions
from trainer.twitter.trends.ranking import Question, Ranking, crowd_of, rank
from trainer.twitter.trends.rules import RULES

NEWBORN = np.full_like(OLD, NOW - 1440)  # every account a day old


def findings(said: list[Said], *, born: np.ndarray = OLD) -> dict[str, Finding]:
    by_time = sorted(said, key=lambda one: -one.ago)
    crowd = crowd_of(mentions(by_time), born, 0, NOW, RULES)
    return {finding.gate: finding for finding in examine(crowd, RULES, is_global=True)}


def ranked(counted: Mentions, limit: int = 10, *, is_global: bool = True, **decisions) -> Ranking:
    return rank(counted, OLD, Question(NOW, limit, is_global, decisions), RULES)


def terms(trends) -> list[str]:
    return [trend.term for trend in trends]


def test_a_crowd_passes_every_gate():
    found = findings(crowd_of_people(40))
    assert {finding.verdict for finding in found.values()} == {Verdict.KEPT}
    assert len(found) == len(GLOBAL)


def test_four_authors_are_too_few():
    assert findings(crowd_of_people(4))["enough_authors"].verdict == Verdict.REFUSED
    assert findings(crowd_of_people(5))["enough_authors"].verdict == Verdict.KEPT


@pytest.mark.parametrize(
    ("tweets", "accounts", "verdict"),
    [
        (1000, 10, Verdict.REFUSED),
        (101, 10, Verdict.REFUSED),
        (100, 10, Verdict.FLAGGED),
        (26, 10, Verdict.FLAGGED),
        (25, 10, Verdict.KEPT),
        (10, 10, Verdict.KEPT),
    ],
)
def test_the_more_few_authors_repeat_the_worse(tweets: int, accounts: int, verdict: Verdict):
    found = findings(bots(tweets, accounts))["author_diversity"]
    assert (found.figure, found.verdict) == (pytest.approx(accounts / tweets), verdict)


def test_one_loud_author_among_a_few_is_one_author():
    loud = [Said(0, ago=n) for n in range(40)] + crowd_of_people(30, first=1)
    found = findings(loud)["effective_authors"]
    assert found.figure == pytest.approx(70**2 / (40**2 + 30))
    assert found.verdict == Verdict.FLAGGED


def test_a_crowd_of_newborn_accounts_is_refused():
    found = findings(crowd_of_people(40), born=NEWBORN)["new_accounts"]
    assert (found.figure, found.verdict) == (1.0, Verdict.REFUSED)


def test_some_newcomers_in_a_crowd_are_only_people():
    born = OLD.copy()
    born[:10] = NOW - 1440
    assert findings(crowd_of_people(40), born=born)["new_accounts"].verdict == Verdict.KEPT
    born[:20] = NOW - 1440
    assert findings(crowd_of_people(40), born=born)["new_accounts"].verdict == Verdict.FLAGGED


def test_a_crowd_that_begins_within_one_minute_waits_for_a_person():
    sudden = findings(crowd_of_people(40, within=1))["natural_growth"]
    assert (sudden.figure, sudden.verdict) == (0.0, Verdict.FLAGGED)


def test_doubling_every_minute_is_just_too_fast():
    half = [Said(n, ago=10) for n in range(11)] + crowd_of_people(10, first=11, within=9)
    assert findings(half)["natural_growth"].verdict == Verdict.FLAGGED
    slower = [Said(n, ago=10) for n in range(10)] + crowd_of_people(10, first=10, within=9)
    found = findings(slower)["natural_growth"]
    assert found.verdict == Verdict.KEPT
    assert found.figure >= RULES.doubling_time_flagged_min


def test_a_burst_over_the_turn_of_a_minute_is_as_sudden():
    halves = [Said(n, ago=10 + n % 2) for n in range(40)] + crowd_of_people(5, first=40, within=9)
    found = findings(halves)["natural_growth"]
    assert found.verdict == Verdict.FLAGGED
    assert found.reason == "40 of 45 authors began within 2 minutes"


def test_those_who_used_the_tag_before_may_come_all_at_once():
    weekly = [Said(n, ago=ago, region=n % 4) for n in range(40) for ago in (5, 500)]
    found = findings(weekly)["natural_growth"]
    assert (found.verdict, found.figure) == (Verdict.KEPT, RULES.window_min)


def test_a_wave_that_deletes_its_tweets_is_refused():
    left = crowd_of_people(40)
    gone = [Said(n, ago=1, is_retracted=True) for n in range(100, 160)]
    found = findings([*left, *gone])["lasting"]
    assert (found.figure, found.verdict) == (0.6, Verdict.REFUSED)
    assert findings([*left, *gone[:15]])["lasting"].verdict == Verdict.FLAGGED
    assert findings([*left, *gone[:5]])["lasting"].verdict == Verdict.KEPT


def test_one_region_trends_there_and_not_everywhere():
    local = mentions(crowd_of_people(40, regions=1))
    assert terms(ranked(local).refused) == ["tag"]
    assert terms(ranked(local, is_global=False).trends) == ["tag"]


def test_a_region_is_weighed_by_its_authors_not_by_their_tweets():
    loud = [Said(0, ago=n, region=0) for n in range(50)] + crowd_of_people(20, first=1)
    assert findings(loud)["region_spread"].figure == pytest.approx(6 / 21)


def test_ten_bots_do_not_trend_beside_a_thousand_people():
    found = ranked(mentions([*crowd_of_people(1000, "people"), *bots(1000, 10, "bots")]))
    assert terms(found.trends) == ["people"]
    assert terms(found.refused) == ["bots"]
    assert worst(found.refused[0].findings) == Verdict.REFUSED


def test_the_best_come_first_and_a_tie_goes_by_name():
    said = [*crowd_of_people(9, "b"), *crowd_of_people(20, "c"), *crowd_of_people(9, "a")]
    assert terms(ranked(mentions(said)).trends) == ["c", "a", "b"]
    assert terms(ranked(mentions(said), limit=2).trends) == ["c", "a"]


def test_a_flagged_term_waits_only_where_it_would_be_in_the_list():
    said = [*crowd_of_people(9, "slow"), *crowd_of_people(20, "sudden", within=1)]
    assert terms(ranked(mentions(said), limit=1).waiting) == ["sudden"]
    more = [*said, *crowd_of_people(50, "larger")]
    assert ranked(mentions(more), limit=1).waiting == ()


def test_an_approved_term_trends_and_a_rejected_one_does_not():
    said = mentions(crowd_of_people(20, "sudden", within=1))
    assert terms(ranked(said, sudden="approved").trends) == ["sudden"]
    assert terms(ranked(said, sudden="rejected").refused) == ["sudden"]


def test_approval_lifts_no_refusal():
    assert terms(ranked(mentions(bots(1000, 10)), tag="approved").refused) == ["tag"]


def test_nothing_said_gives_an_empty_list():
    assert ranked(mentions([])) == Ranking((), (), ())
