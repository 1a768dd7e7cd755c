"""The weight sets of the content, as the mini Twitter takes them."""

from trainer.catalog.packs import DEFAULT_PACK, get_pack
from trainer.twitter import api


class UnknownWeights(LookupError):
    """There is no set of this name; the message names those that there are."""


def first() -> str:
    """The set to use where none is named."""
    return get_pack(DEFAULT_PACK).weights[0].id


def weights_of(id: str) -> "api.Weights":
    """The set of that id. Raises UnknownWeights."""
    pack = get_pack(DEFAULT_PACK)
    if (found := pack.weight_set(id)) is None:
        known = ", ".join(each.id for each in pack.weights)
        raise UnknownWeights(f"There are no weights {id!r}: use one of {known}.")
    return api.Weights(found.id, {str(k): value for k, value in pack.weight_values(found).items()})
