"""Cards that ask what is wrong with a contested number. Pure."""

from trainer.cards.deck.card import Card
from trainer.cards.deck.owning import about_number, tags
from trainer.catalog.schema import Number, Pack


def catch_cards(pack: Pack) -> list[Card]:
    """One card a contested number, the key numbers first."""
    contested = [number for number in pack.numbers if number.status == "contested"]
    ordered = sorted(contested, key=lambda number: number.key_group is None)
    return [_card(pack, number) for number in ordered]


def _card(pack: Pack, number: Number) -> Card:
    return Card(
        id=f"catch:{number.slug}",
        kind="basic",
        topic="catches",
        title=f"The catch: {number.label}",
        front=f"{number.label}: **{{{{n:{number.slug}}}}}**. What is the catch?",
        back=number.story or number.worth,
        tags=tags("catches", "basic", number.status, is_key=bool(number.key_group)),
        status=number.status,
        about=about_number(pack.slug, number.slug),
    )
