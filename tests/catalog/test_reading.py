"""Ids that are anchors of one page."""

from trainer.catalog.packs import get_pack
from trainer.catalog.reading_checks import CHECKS

PACK = get_pack("twitter")


def errors(**parts: object) -> list[str]:
    return [
        error
        for check in CHECKS
        if (name := check.__name__.removeprefix("_")) in parts
        for error in check(parts[name])
    ]


def test_the_packs_own_ids_stand_once_on_their_pages():
    assert errors(quick_reference=PACK.quick_reference, trade_offs=PACK.trade_offs) == []


def test_two_items_of_the_card_with_one_id_are_refused():
    first, second, *rest = PACK.quick_reference.sections
    item = second.items[0].model_copy(update={"id": first.items[0].id})
    twice = second.model_copy(update={"items": (item, *second.items[1:])})
    card = PACK.quick_reference.model_copy(update={"sections": (first, twice, *rest)})

    assert errors(quick_reference=card) == [
        "quick_reference.yaml:[focus]: expected the id once on its page, but it is there 2 times"
    ]


def test_a_step_that_is_called_like_a_decision_is_refused():
    steps = (PACK.trade_offs.steps[0].model_copy(update={"id": "ranking"}),)
    trade_offs = PACK.trade_offs.model_copy(update={"steps": steps})

    assert "trade_offs.yaml:[ranking]" in errors(trade_offs=trade_offs)[0]
