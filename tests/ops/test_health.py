import pytest
from django.test import Client

from trainer.ops import health, heartbeat, seeding
from trainer.ops.chain import Progress
from trainer.resilience import redis_clients


def test_live_asks_nobody(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "up"}


@pytest.mark.django_db
def test_ready_when_everything_answers(client: Client) -> None:
    heartbeat.beat(redis_clients.rebuildable())
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["down"] == []
    assert set(answer.json()["parts"]) == {"postgres", "redis", "broker", "worker"}


@pytest.mark.django_db
def test_ready_names_a_worker_that_fell_silent(client: Client) -> None:
    redis_clients.rebuildable().delete(heartbeat.KEY)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["down"] == ["worker"]


@pytest.mark.django_db
def test_the_world_is_told_with_what_is_learned_from_it(client: Client) -> None:
    absent = {"state": "absent", "step": "", "progress": 0.0}
    told = client.get("/health/world").json()
    of_one = {**absent, "accounts": 0, "embeddings": absent, "rankers": absent}
    assert told == of_one | {"small": of_one}
    # As `up` reads it.
    links = [link.name for links in seeding.chains() for link in links]
    assert seeding.read(told) == dict.fromkeys(links, Progress("absent", "", 0.0))


def test_a_heartbeat_grows_old(servers: None) -> None:
    redis = redis_clients.rebuildable()
    redis.set(heartbeat.KEY, repr(0.0))
    age = heartbeat.age_s(redis)
    assert age is not None
    assert age > health.STALE_S


def test_health_is_read_only(client: Client) -> None:
    assert client.post("/health/ready").status_code == 405
    assert client.post("/health/live").status_code == 405
