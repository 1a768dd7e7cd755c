"""The Twitter pack is whole: all that is taught is there, under its own id."""

from pathlib import Path

import pytest

from trainer.catalog.counts import counts
from trainer.catalog.lint import lint
from trainer.catalog.loader import load_pack
from trainer.catalog.prose import html, plain
from trainer.catalog.texts import texts

PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")

POINTS = {
    "t1": range(1, 10),
    "t2": range(1, 7),
    "t3": range(1, 8),
    "t4": range(1, 8),
    "t5": range(1, 8),
    "da": range(1, 7),
    "db": range(1, 3),
    "dc": range(1, 6),
    "tr": range(1, 6),
    "m": range(1, 11),
}


def test_the_counts_of_everything() -> None:
    exact = {
        "formats": 3,
        "essential questions": 7,
        "questions not to ask": 3,
        "components": 14,
        "flows": 3,
        "extended components": 4,
        "deep dives": 3,
        "trade-off decisions": 5,
        "trade-off steps": 5,
        "traps": 5,
        "mistakes": 10,
        "rubric points": 64,
        "key numbers": 25,
        "walkthrough phases": 5,
        "quick reference sections": 7,
        "quick reference items": 23,
        "weight sets": 3,
        "weights": 18,
        "follow-ups": 36,
        "pairs of answers": 17,
    }
    assert {name: count for name, count in counts(PACK).items() if name in exact} == exact


def test_every_rubric_point_is_there() -> None:
    wanted = {f"{group}.{index}" for group, indexes in POINTS.items() for index in indexes}
    assert set(PACK.points) == wanted


def test_the_points_of_a_trap_or_dive_carry_its_id() -> None:
    for group in (*PACK.traps, *PACK.deep_dives):
        assert {point.id.split(".")[0] for point in group.points} == {group.id}


@pytest.mark.parametrize(
    ("format_id", "minutes"),
    [("45", [5, 10, 15, 10, 5]), ("60", [7, 13, 20, 10, 10]), ("8", [5, 3])],
)
def test_a_format_has_its_minutes(format_id: str, minutes: list[float]) -> None:
    paced = PACK.format(format_id)
    assert paced is not None
    assert [phase.minutes for phase in paced.phases] == minutes
    assert paced.minutes == sum(minutes)


def test_only_the_60_minute_format_gives_no_tips() -> None:
    tips = {each.id: [bool(phase.tips) for phase in each.phases] for each in PACK.formats}
    assert all(tips["45"])
    assert not any(tips["60"])


def test_the_drawing_has_its_14_boxes_in_four_layers() -> None:
    names = [component.name for component in PACK.architecture.components]
    assert names == [
        "Clients",
        "CDN + Load Balancer",
        "API Gateway",
        "Rate Limiter",
        "Tweetypie",
        "Home Mixer",
        "Search Service",
        "Kafka",
        "Navi ML",
        "ElasticSearch",
        "Fanout Service",
        "Manhattan",
        "Redis Cache",
        "MySQL",
    ]
    extended = [component.name for component in PACK.architecture.extended]
    assert extended == ["GraphJet", "SimClusters/TwHIN", "Trends Service", "Notification Service"]


def test_the_three_key_flows() -> None:
    assert {flow.id: flow.path for flow in PACK.architecture.flows} == {
        "timeline-read": ("clients", "home-mixer", "redis", "navi"),
        "tweet-write": ("clients", "tweetypie", "kafka", "fanout", "redis"),
        "search": ("clients", "search", "elasticsearch"),
    }


def test_no_alias_names_two_components() -> None:
    components = (*PACK.architecture.components, *PACK.architecture.extended)
    names = [
        name.lower()
        for component in components
        for name in {component.name.lower(), *(alias.lower() for alias in component.aliases)}
    ]
    assert sorted(names) == sorted(set(names))


def test_only_the_first_and_the_fourth_trap_have_a_bad_answer() -> None:
    assert [trap.id for trap in PACK.traps if trap.bad_answer] == ["t1", "t4"]
    assert all(bool(trap.bad_answer) == bool(trap.bad_because) for trap in PACK.traps)


def test_the_step_framework_asks_one_short_question_each() -> None:
    for step in PACK.trade_offs.steps:
        assert step.ask.count("?") == 1
        assert len(step.ask.split()) <= 12


def test_no_prose_holds_a_bare_number() -> None:
    assert lint(PACK) == []


def test_all_prose_renders() -> None:
    for text in texts(PACK, type(PACK)):
        if text.is_prose:
            assert plain(PACK, text.value), text.field
            assert "{{" not in html(PACK, text.value), text.field
