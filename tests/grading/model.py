"""A server in the place of a language model: real HTTP, and replies that a test chooses."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

KEY = "sk-a-key-of-tests-that-must-not-be-seen"
PATH = "/v1/chat/completions"
DRIPS, FLOOD = 100, 1_000
Asked = Mapping[str, Any]
Behaviour = Callable[["Model", Asked], Response]


class Model:
    """Gives one planned reply after the other; when none is left, good ones, which cover every
    point whose quote a test named."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        server.expect_request(PATH, method="POST").respond_with_handler(self._answer)
        self.plan: deque[Behaviour] = deque()
        self.quotes: dict[str, str] = {}
        self.asked: list[Asked] = []
        self.keys: list[str] = []
        self.chunks = 0  # of a flood, as far as anybody took it
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return self.server.url_for("/v1")

    def _answer(self, request: Request) -> Response:
        self.keys.append(request.headers["Authorization"])
        asked = json.loads(request.data)
        self.asked.append(asked)
        return (self.plan.popleft() if self.plan else good)(self, asked)

    def unplug(self) -> None:
        self.server.stop()

    def plug_in(self) -> None:
        if not self.server.is_running():
            self.server.start()


def ids_of(asked: Asked) -> list[str]:
    schema = asked["response_format"]["json_schema"]["schema"]
    return list(schema["properties"]["points"]["items"]["properties"]["id"]["enum"])


def completion(content: str | None, finish_reason: str = "stop") -> Response:
    """What a server of this interface answers."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content},
        "finish_reason": finish_reason,
    }
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m"}
    return Response(json.dumps(body | {"choices": [choice]}), content_type="application/json")


def judgements(quotes: Mapping[str, str]) -> Response:
    """A reply of the right form: covered is what has a quote."""
    points = [{"id": id, "covered": bool(quote), "quote": quote} for id, quote in quotes.items()]
    return completion(json.dumps({"points": points}))


def good(model: Model, asked: Asked) -> Response:
    return judgements({id: model.quotes.get(id, "") for id in ids_of(asked)})


def says(content: str | None, finish_reason: str = "stop") -> Behaviour:
    return lambda model, asked: completion(content, finish_reason)


def covers(**by_id: str) -> Behaviour:
    return lambda model, asked: judgements(by_id)


def everything(quote: str) -> Behaviour:
    """Every point is covered, by that quote."""
    return lambda model, asked: judgements({id: quote.format(id=id) for id in ids_of(asked)})


def page(model: Model, asked: Asked) -> Response:
    """Of some proxy in between."""
    return Response("<html>Welcome</html>", content_type="text/html")


def fails(status: int, text: str = "no", **headers: str) -> Behaviour:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda model, asked: Response(
        json.dumps({"error": {"message": text}}), status, named, content_type="application/json"
    )


def hangs(model: Model, asked: Asked) -> Response:
    """Until the test ends."""
    model.ended.wait(30)
    return Response("too late")


def drips(model: Model, asked: Asked) -> Response:
    """A little at a time, so that no single read is ever late."""

    def body() -> Iterator[bytes]:
        for _ in range(DRIPS):
            yield b" "
            if model.ended.wait(0.05):
                break

    return Response(body(), content_type="application/json")


def floods(model: Model, asked: Asked) -> Response:
    """More than anybody wants to read."""

    def body() -> Iterator[bytes]:
        for _ in range(FLOOD):
            model.chunks += 1
            yield b" " * 100_000

    return Response(body(), content_type="application/json")


def breaks_off(model: Model, asked: Asked) -> Response:
    """In the middle of the body."""
    return Response(iter([b'{"choices": [']), headers={"Content-Length": "5000"})


def unplugs(model: Model, asked: Asked) -> Response:
    """The server goes away in the middle of a reply, and does not come back by itself."""
    model.unplug()
    return breaks_off(model, asked)
