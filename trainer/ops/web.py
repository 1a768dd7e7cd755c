"""The web process: `python -m trainer.ops.web FD` serves on a listening socket it is given.

The socket belongs to `up`: while a killed web process is replaced, browsers wait in its queue
instead of being refused.
"""

import socket
import sys
from types import FrameType

import uvicorn

from trainer.lab import hub

STREAMS_END_S = 1  # else open streams would hold a stop for ever


class Server(uvicorn.Server):
    """Ends the streams itself when it is told to stop: nobody has to wait for that second."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        hub.close_all()
        super().handle_exit(sig, frame)


def main() -> None:
    listening = socket.socket(fileno=int(sys.argv[1]))
    config = uvicorn.Config(
        "trainer.asgi:application",
        loop="uvloop",
        http="httptools",
        lifespan="off",
        access_log=False,
        log_config=None,  # Django's LOGGING rules
        server_header=False,
        timeout_graceful_shutdown=STREAMS_END_S,
    )
    Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
