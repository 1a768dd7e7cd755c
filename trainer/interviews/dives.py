"""The deep dives: which are offered, which is chosen, and what is asked in them. Pure."""

import random
import re

from trainer.catalog.schema import DeepDive, Pack
from trainer.interviews.events import Replied
from trainer.interviews.state import State
from trainer.interviews.voice import speak

PROBES = 3  # follow-up questions asked in one dive
_CHOOSING = frozenset({"dive_offer", "dive_unclear", "dive_another"})


def interest(dive: DeepDive, text: str) -> int:
    """How often the words that suggest this dive stand in `text`."""
    cues = (rf"\b{re.escape(cue)}\b" for cue in dive.cues)
    return sum(len(re.findall(cue, text, re.IGNORECASE)) for cue in cues)


def ranked(state: State, pack: Pack) -> list[DeepDive]:
    """The dives, first those that the candidate's own words lead to; ties fall by the seed."""
    said = " ".join([line.text for line in state.said()] + [state.text_of("outline").text])
    dives = list(pack.deep_dives)
    random.Random(state.seed).shuffle(dives)  # noqa: S311 (a choice to replay, not a secret)
    return sorted(dives, key=lambda dive: -interest(dive, said))


def offer(state: State, pack: Pack) -> tuple[Replied, ...]:
    """Offers the two dives that fit best, once."""
    if "dive_offer" in state.spoken() or len(pack.deep_dives) < 2:
        return ()
    first, second = ranked(state, pack)[:2]
    text = pack.interviewer.offer_dives
    said = text.replace("{first}", first.title).replace("{second}", second.title)
    return (speak(pack, "dive_offer", said),)


def is_choosing(state: State) -> bool:
    """Whether the last thing asked was which dive to take: then even one word is an answer."""
    asks = [line.name for line in state.lines if line.name and not line.to]
    asks = [name for name in asks if not name.startswith("nudge:")]
    return bool(asks) and asks[-1] in _CHOOSING


def next_ask(state: State, pack: Pack, text: str) -> tuple[Replied, ...]:
    """The next question of the dive; at its end, another dive; at the end of all, nothing."""
    taken = [line.name.removeprefix("dive:") for line in state.lines if line.name[:5] == "dive:"]
    left = [dive for dive in ranked(state, pack) if dive.id not in taken]
    if is_choosing(state) or not taken:
        return _choose(state, pack, left, text)
    dive = pack.deep_dive(taken[-1])
    probes = dive.probes[:PROBES] if dive else ()
    spoken = state.spoken()
    for i, probe in enumerate(probes):
        if f"probe:{taken[-1]}:{i}" not in spoken:
            return (speak(pack, f"probe:{taken[-1]}:{i}", probe),)
    if left:
        return (speak(pack, "dive_another", pack.interviewer.another_dive),)
    return ()


def _choose(state: State, pack: Pack, left: list[DeepDive], text: str) -> tuple[Replied, ...]:
    """Takes the dive that `text` names; asks once more when it names none; then takes the best."""
    if not left:
        return ()
    named = _by_order(state, pack, text) or max(left, key=lambda dive: interest(dive, text))
    if interest(named, text) == 0 and _by_order(state, pack, text) is None:
        if "dive_unclear" not in state.spoken():
            return (speak(pack, "dive_unclear", pack.interviewer.dive_unclear),)
        named = left[0]
    return (speak(pack, f"dive:{named.id}", named.ask),)


def _by_order(state: State, pack: Pack, text: str) -> DeepDive | None:
    """The dive meant by "the first one" or "the second", in the order of the offer."""
    offer = next((line.text for line in state.lines if line.name == "dive_offer"), "")
    named = [dive for dive in pack.deep_dives if dive.title in offer]
    offered = sorted(named, key=lambda dive: offer.index(dive.title))
    for word, dive in zip(("first", "second"), offered, strict=False):
        taken = f"dive:{dive.id}" in state.spoken()
        if re.search(rf"\b{word}\b", text, re.IGNORECASE) and not taken:
            return dive
    return None
