"""What a site makes of its mini Twitter in the background: the world, then what is learned from
it."""

import http.client
import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from trainer.lab.names import SMALL
from trainer.ops import services
from trainer.ops.chain import Link, Progress
from trainer.runtime.supervise import Child

PATH = "/health/world"
MADE = WORLD, EMBEDDINGS, RANKERS = "world", "embeddings", "rankers"
SMALL_ACCOUNTS = 5_000  # the labs have it seconds after the first start
CHRONOLOGICAL = "home timelines are chronological"


def ask(host: str, port: int) -> Mapping[str, Progress] | None:
    """What the site at this address says of its world; None when it does not answer.

    Asking the site needs no database here: who supervises must not wait for one.
    """
    connection = http.client.HTTPConnection(services.asked_at(host), port, timeout=2)
    try:
        connection.request("GET", PATH)
        answer = connection.getresponse()
        return read(json.load(answer)) if answer.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def read(told: Mapping[str, Any]) -> Mapping[str, Progress]:
    """The progress by link, of the JSON of `/health/world`: the default world's stands outermost,
    and in `small` the same of the small one."""
    small = {f"{SMALL} {name}": progress for name, progress in _of_one(told[SMALL]).items()}
    return _of_one(told) | small


def _of_one(told: Mapping[str, Any]) -> dict[str, Progress]:
    world = {name: told[name] for name in ("state", "step", "progress", "accounts")}
    learned = {name: Progress(**told[name]) for name in (EMBEDDINGS, RANKERS)}
    return {WORLD: Progress(**world), **learned}


def chains() -> list[list[Link]]:
    """A small world first, where the default one is larger and not whole yet; then that."""
    return [*([_small()] if settings.WORLD_ACCOUNTS > SMALL_ACCOUNTS else []), _default()]


def _small() -> list[Link]:
    """What the labs use while the default world is made."""
    commands = (
        ("seed_world", "--accounts", str(SMALL_ACCOUNTS), "--name", SMALL),
        ("learn_embeddings", "--world", SMALL),
        ("train_rankers", "--world", SMALL),
    )
    said = (
        (f"small world of {SMALL_ACCOUNTS:,} accounts", "is built", "is ready", "was not built"),
        ("small world's embeddings", "are learned", "are ready", "were not learned"),
        ("small world's rankers", "are trained", "are ready", "were not trained"),
    )
    return [
        Link(
            name=f"{SMALL} {made}",
            child=_child(*command, log=f"{SMALL}_{command[0]}"),
            begun=f"The {what} {begun}",
            done=f"The {what} {done}",
            failed=f"The {what} {failed}",
            meanwhile="all but the labs works",
            instead_of=RANKERS,
        )
        for made, command, (what, begun, done, failed) in zip(MADE, commands, said, strict=True)
    ]


def _default() -> list[Link]:
    """The world, its embeddings, the rankers: each needs the one before."""
    accounts = settings.WORLD_ACCOUNTS
    return [
        Link(
            name=WORLD,
            child=_child("seed_world", "--accounts", str(accounts)),
            begun=f"The mini Twitter's world of {accounts:,} accounts is built",
            done="The mini Twitter's world is ready",
            failed="The mini Twitter's world was not built",
            meanwhile="all else works",
            found=_found,
        ),
        Link(
            name=EMBEDDINGS,
            child=_child("learn_embeddings"),
            begun="The mini Twitter's embeddings are learned",
            done="The mini Twitter's embeddings are ready",
            failed="The mini Twitter's embeddings were not learned",
            meanwhile=CHRONOLOGICAL,
        ),
        Link(
            name=RANKERS,
            child=_child("train_rankers"),
            begun="The mini Twitter's rankers are trained",
            done="The mini Twitter's rankers are ready",
            failed="The mini Twitter's rankers were not trained",
            meanwhile=CHRONOLOGICAL,
        ),
    ]


def _found(world: Progress) -> str:
    if world.accounts == settings.WORLD_ACCOUNTS:
        return ""
    return (
        f"The mini Twitter's world of {world.accounts:,} accounts is kept. To have one of "
        f"{settings.WORLD_ACCOUNTS:,}: manage.py drop_world default, then start again."
    )


def _child(command: str, *options: str, log: str = "") -> Child:
    """A process of its own, before which everything else on the machine goes; `log`: the name of
    its log, where it is not the command's."""
    return Child(
        name=command,
        command=[
            *("nice", "-n", "10", sys.executable, str(settings.BASE_DIR / "manage.py")),
            *(command, *options),
        ],
        env=dict(os.environ),
        cwd=str(settings.BASE_DIR),
        log=settings.DATA_DIR / "logs" / f"{log or command}.log",
        stop_timeout_s=3.0,
    )
