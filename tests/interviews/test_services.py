"""The log in Postgres: gapless, once per key, whatever comes at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from tests.interviews.machine import Crash, InterviewMachine
from tests.interviews.play import START
from trainer.accounts.models import User
from trainer.catalog.packs import UnknownPack
from trainer.interviews import commands as cmd
from trainer.interviews import events as ev
from trainer.interviews import services
from trainer.interviews.models import Interview, LogEntry
from trainer.interviews.selectors import interviews_of, log_of, state_of
from trainer.interviews.services import open_interview, rebuild_summary, run
from trainer.interviews.state import State, fold
from trainer.interviews.summary import summarise


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def interview(owner: User) -> Interview:
    return open_interview(owner, "twitter", "45", START)


def texts(interview: Interview) -> list[str]:
    return [event.body.text for event in log_of(interview) if isinstance(event.body, ev.Said)]


def seqs(interview: Interview) -> list[int]:
    return list(LogEntry.objects.filter(interview=interview).values_list("seq", flat=True))


def summary_of(interview: Interview) -> dict[str, object]:
    state = state_of(interview)
    return Interview.objects.values(*summarise(state)).get(pk=interview.pk)


def test_an_opened_interview_holds_its_first_events(interview):
    assert [ev.NAMES[type(event.body)] for event in log_of(interview)] == [
        "opened",
        "configured",
        "replied",
    ]
    assert (interview.status, interview.opened_at) == ("open", START)


def test_two_interviews_have_seeds_of_their_own(owner):
    seeds = {state_of(open_interview(owner, "twitter", "45", START)).seed for _ in range(5)}
    assert len(seeds) == 5


def test_an_unknown_pack_or_format_opens_nothing(owner):
    with pytest.raises(UnknownPack):
        open_interview(owner, "facebook", "45", START)
    with pytest.raises(cmd.Refused):
        open_interview(owner, "twitter", "90", START)
    assert not Interview.objects.exists()


def test_a_person_opens_so_many_rooms_a_day(owner, monkeypatch):
    monkeypatch.setattr(services, "ROOMS_A_DAY", 2)
    for hour in range(2):
        open_interview(owner, "twitter", "45", START + timedelta(hours=hour))
    with pytest.raises(cmd.Refused, match="rooms within a day"):
        open_interview(owner, "twitter", "45", START + timedelta(hours=23))
    open_interview(User.objects.create(username="bob"), "twitter", "45", START)
    open_interview(owner, "twitter", "45", START + timedelta(hours=24))


def test_an_unknown_interview_is_said_to_be_unknown(db):
    with pytest.raises(Interview.DoesNotExist):
        run("nosuchinterview", cmd.Start(), now=START)


def test_a_message_is_stored_with_what_was_replied(interview):
    outcome = run(interview.id, cmd.Say("How many users do we have?"), now=START)
    assert [ev.NAMES[type(body)] for body in outcome.bodies] == ["started", "said", "replied"]
    assert outcome.state == state_of(interview)
    assert seqs(interview) == [1, 2, 3, 4, 5, 6]


def test_the_same_key_stores_once_and_tells_the_state(interview):
    first = run(interview.id, cmd.Say("Hello."), now=START, key="key-0001")
    later = START + timedelta(minutes=1)
    second = run(interview.id, cmd.Say("Hello."), now=later, key="key-0001")
    assert texts(interview) == ["Hello."]
    assert second.state == first.state
    assert second.bodies == first.bodies[1:2]


def test_a_message_sent_again_tells_the_revision_of_the_draft_that_it_emptied(interview):
    first = run(interview.id, cmd.Say("Hello."), now=START, key="key-0001")
    run(interview.id, cmd.Save("draft", "Next", 1), now=START)
    again = run(interview.id, cmd.Say("Hello."), now=START, key="key-0001")
    assert first.saved == again.saved == {"field": "draft", "revision": 1}


def test_the_same_key_in_two_interviews_is_two_keys(owner, interview):
    other = open_interview(owner, "twitter", "45", START)
    for each in (interview, other):
        run(each.id, cmd.Say("Hello."), now=START, key="key-0001")
    assert texts(interview) == texts(other) == ["Hello."]


def test_what_is_refused_leaves_no_trace(interview):
    before = seqs(interview)
    with pytest.raises(cmd.Refused):
        run(interview.id, cmd.Finish(), now=START, key="key-0001")
    assert seqs(interview) == before
    run(interview.id, cmd.Say("Hello."), now=START, key="key-0001")
    assert texts(interview) == ["Hello."]


def test_a_clock_set_back_is_stored_as_standing_still(interview):
    run(interview.id, cmd.Start(), now=START + timedelta(minutes=5))
    run(interview.id, cmd.Say("Hello."), now=START)
    assert {event.at for event in log_of(interview)[3:]} == {START + timedelta(minutes=5)}


def test_letters_of_all_kinds_come_back_as_they_were(interview):
    text = 'naïve → 推特 🐦 \\u0000 "quotes" <b> \r\n\t\u2028 end '
    run(interview.id, cmd.Say(text), now=START)
    assert texts(interview) == [text]


def test_a_text_that_postgres_cannot_hold_is_refused_before(interview):
    for text in ("a\x00b", "half \ud83d"):
        with pytest.raises(cmd.Refused):
            run(interview.id, cmd.Save("notes", text, 0), now=START)


def test_a_text_of_the_limit_is_stored_whole(interview):
    run(interview.id, cmd.Save("outline", "推" * cmd.TEXT_LIMIT, 0), now=START)
    assert state_of(interview).text_of("outline").text == "推" * cmd.TEXT_LIMIT


def test_the_database_itself_refuses_a_second_event_of_a_seq_or_key(interview):
    run(interview.id, cmd.Say("Hello."), now=START, key="key-0001")
    entry = {"interview": interview, "at": START, "kind": "started", "data": {}}
    for double in ({"seq": 1}, {"seq": 99, "key": "key-0001"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LogEntry.objects.create(**entry, **double)


def test_the_summary_follows_the_log_and_can_be_rebuilt(interview):
    run(interview.id, cmd.Say("How many users do we have?"), now=START)
    run(interview.id, cmd.Finish(), now=START + timedelta(minutes=67))
    summary = summary_of(interview)
    assert summary == summarise(state_of(interview))
    assert (summary["status"], summary["elapsed_s"]) == ("finished", 45 * 60)
    assert summary["finished_at"] == START + timedelta(minutes=45)
    Interview.objects.filter(pk=interview.pk).update(status="open", words_said=99, elapsed_s=1)
    rebuild_summary(interview)
    assert summary_of(interview) == summary


def test_a_person_sees_their_own_interviews_the_newest_first(owner, interview):
    newer = open_interview(owner, "twitter", "8", START + timedelta(hours=1))
    open_interview(User.objects.create(username="bob"), "twitter", "8", START)
    assert list(interviews_of(owner)) == [newer, interview]


def test_a_command_costs_the_same_queries_in_a_long_interview(interview):
    def cost(key: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            run(interview.id, cmd.Say("A statement."), now=START, key=key)
        return len(queries)

    few = cost("key-0001")
    for i in range(30):
        run(interview.id, cmd.Say(f"Statement {i}."), now=START)
    assert cost("key-0002") == few <= 9


# -- at the same time --------------------------------------------------------


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Runs the calls in threads that begin together; gives what each returned or raised."""
    barrier = Barrier(len(calls))

    def call(one: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call, one) for one in calls]]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_both_land_without_a_gap():
    interview = open_interview(User.objects.create(username="ann"), "twitter", "45", START)

    def saying(who: str) -> Callable[[], object]:
        return lambda: [run(interview.id, cmd.Say(f"{who} {i}."), now=START) for i in range(10)]

    at_once(saying("First"), saying("Second"))
    assert sorted(texts(interview)) == sorted(
        f"{w} {i}." for w in ("First", "Second") for i in range(10)
    )
    assert seqs(interview) == list(range(1, len(seqs(interview)) + 1))


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_is_stored_once_and_nobody_sees_an_error():
    interview = open_interview(User.objects.create(username="ann"), "twitter", "45", START)
    for i in range(10):
        command, key = cmd.Say(f"Message {i}."), f"key-{i:04}"
        at_once(*[lambda c=command, k=key: run(interview.id, c, now=START, key=k)] * 4)
    assert texts(interview) == [f"Message {i}." for i in range(10)]
    assert seqs(interview) == list(range(1, len(seqs(interview)) + 1))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_saving_at_once_keep_both_texts():
    interview = open_interview(User.objects.create(username="ann"), "twitter", "45", START)
    one, other = (cmd.Save("notes", text, 0) for text in ("one", "other"))
    at_once(lambda: run(interview.id, one, now=START), lambda: run(interview.id, other, now=START))
    state = state_of(interview)
    assert {state.text_of("notes").text, state.kept[0].text} == {"one", "other"}


# -- whatever happens --------------------------------------------------------


class StoredMachine(InterviewMachine):
    """The services, on Postgres. A crash is a transaction that never commits."""

    owner: User

    @initialize(format_id=st.sampled_from(["45", "60", "8"]))
    def open(self, format_id: str) -> None:
        self.interview = open_interview(self.owner, "twitter", format_id, self.now)
        self.state = state_of(self.interview)

    def run(self, command: cmd.Command, key: str, *, crash: bool = False) -> State:
        with transaction.atomic():
            state = run(self.interview.id, command, now=self.now, key=key).state
            if crash:
                raise Crash
        return state

    def log(self) -> list[ev.Event]:
        return log_of(self.interview)

    def teardown(self) -> None:
        if hasattr(self, "interview"):
            state = fold(self.log())
            assert summary_of(self.interview) == summarise(state)


@pytest.mark.django_db
def test_no_acknowledged_text_is_lost_or_doubled_in_postgres():
    StoredMachine.owner = User.objects.create(username="ann")
    run_state_machine_as_test(
        StoredMachine,
        settings=settings(max_examples=15, stateful_step_count=30, deadline=None),
    )
