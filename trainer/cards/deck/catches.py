"""Cards that ask what is wrong: with a contested number, or with what is often told. Pure."""

from trainer.cards.deck.card import Card
from trainer.cards.deck.numbers import named
from trainer.cards.deck.owning import about_number, tags
from trainer.catalog.schema import Contradiction, Number, Pack


def catch_cards(pack: Pack) -> list[Card]:
    """One card a contested number, the key numbers first."""
    contested = [number for number in pack.numbers if number.status == "contested"]
    ordered = sorted(contested, key=lambda number: number.key_group is None)
    return [_catch(pack, number) for number in ordered]


def case_cards(pack: Pack) -> list[Card]:
    """One card for each place where what is taught contradicts itself."""
    return [_case(pack, case) for case in pack.contradictions]


def _catch(pack: Pack, number: Number) -> Card:
    return Card(
        id=f"catch:{number.slug}",
        kind="basic",
        topic="catches",
        title=f"The catch: {named(number)}",
        front=f"{named(number)}: **{{{{n:{number.slug}}}}}**. What is the catch?",
        back=number.story or number.worth,
        tags=tags("catches", "basic", number.status, is_key=bool(number.key_group)),
        status=number.status,
        about=about_number(pack.slug, number.slug),
    )


def _case(pack: Pack, case: Contradiction) -> Card:
    return Card(
        id=f"case:{case.id}",
        kind="basic",
        topic="catches",
        title=case.title,
        front=f"{case.told}\n\nWhat is wrong with that, and what do you say?",
        back=f"{case.follows}\n\nSay: {case.say}",
        tags=tags("catches", "basic", "contested"),
        status="contested",
        about=f"/learn/{pack.slug}/contradictions/#{case.id}",
    )
