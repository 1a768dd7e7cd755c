"""One connection to the broker in each web process, over which all its streams hear of changes.

It is there while somebody listens. A notice may be lost, and while the broker is away none comes:
`is_connected` says so, and who listens looks for itself meanwhile.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from trainer.lab.notices import CHANNEL
from trainer.resilience.redis_clients import broker_url

AGAIN_S = 1.0  # after a lost connection
PING_S, SILENT_S = 2.0, 5.0  # a broker that hangs closes nothing: it must answer that often
TIMEOUT_S = 1.0


class Hub:
    """Of one event loop."""

    def __init__(self) -> None:
        self.is_connected = False
        self.is_closed = False
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._reading: asyncio.Task[None] | None = None

    def count(self, run_id: str) -> tuple[int, int]:
        """Who listens to this run, and who listens at all."""
        return len(self._listeners.get(run_id, ())), sum(map(len, self._listeners.values()))

    @contextlib.contextmanager
    def listen(self, run_id: str) -> Iterator[asyncio.Event]:
        """An event that is set when the run has changed, and whenever the connection came or went.
        Who waits for it clears it."""
        changed = asyncio.Event()
        self._listeners[run_id].add(changed)
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        try:
            yield changed
        finally:
            self._listeners[run_id].discard(changed)
            if not self._listeners[run_id]:
                del self._listeners[run_id]
            if not self._listeners and self._reading is not None:
                self._reading.cancel()
                self._reading = None  # who comes before it has ended needs another

    def close(self) -> None:
        """End all streams: this process stops."""
        self.is_closed = True
        self._wake_all()

    def _wake_all(self) -> None:
        for run_id in self._listeners:
            self._wake(run_id)

    def _wake(self, run_id: str) -> None:
        for changed in self._listeners.get(run_id, ()):
            changed.set()

    async def _read(self) -> None:
        """Pass on what comes, over a new connection whenever one is lost; until cancelled."""
        while True:
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await self._follow()
            await asyncio.sleep(AGAIN_S)

    async def _follow(self) -> None:
        redis = Redis.from_url(
            broker_url(), socket_connect_timeout=TIMEOUT_S, socket_timeout=TIMEOUT_S
        )
        async with redis, redis.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            self._connected(True)
            try:
                await self._pass_on(pubsub)
            finally:
                self._connected(False)

    async def _pass_on(self, pubsub: PubSub) -> None:
        """Until the broker is silent. Raises RedisError where the connection is lost."""
        loop = asyncio.get_running_loop()
        heard_at = pinged_at = loop.time()
        while loop.time() - heard_at < SILENT_S:
            if loop.time() - pinged_at > PING_S:
                pinged_at = loop.time()
                await pubsub.ping()
            message = await pubsub.get_message(timeout=TIMEOUT_S)
            if message is None:
                continue
            heard_at = loop.time()
            if message["type"] == "message":
                self._wake(message["data"].decode())

    def _connected(self, yes: bool) -> None:
        self.is_connected = yes
        self._wake_all()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """That of the running loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


def close_all() -> None:
    """End all streams of this process, from whatever thread or signal handler."""
    for loop, each in list(_hubs.items()):
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(each.close)
