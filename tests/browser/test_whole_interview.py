"""A whole interview of 45 minutes, from the front page to the report."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OUTLINE = """Client -> CDN -> API Gateway
API Gateway -> Tweetypie, Home Mixer, Search
Tweetypie -> Kafka -> Fanout Service -> Redis"""


def next_phase(room, server_clock, name: str, **after: float) -> None:
    server_clock.forward(**after)
    room.page.get_by_role("button", name=f"Next phase: {name}").click()
    expect(room.page.locator("#room-header h1")).to_have_text(name)


def test_a_candidate_sits_forty_five_minutes_and_reads_the_report(room, server_clock):
    page = room.enter().page
    room.hears("Design Twitter.")
    assert room.clock_s == 5 * 60

    room.say("How many daily users should I design for?")
    room.hears("250M")
    room.say("What database should I use?")
    room.say("I assume that most people read far more than they write.")
    server_clock.forward(minutes=3, seconds=10)
    room.look_at_the_clock()
    expect(page.locator("#cue")).to_contain_text("Two minutes or less left in Clarify")
    server_clock.forward(minutes=2)
    room.look_at_the_clock()
    expect(page.locator("#cue")).to_contain_text("Clarify is over by the plan")
    assert page.locator("#room-header").get_attribute("data-cue") == "red"

    next_phase(room, server_clock, "High-Level")
    room.hears("high level")
    room.outline(OUTLINE)
    room.say("Clients go through a CDN and a gateway to Tweetypie, the Home Mixer and Search.")
    expect(page.locator("#drawing svg")).to_contain_text("Fanout")

    next_phase(room, server_clock, "Deep Dive", minutes=8)
    room.hears("Which would you like to take")
    room.say("The celebrity problem")
    room.say("Push below 100K followers, pull at read time for accounts at or above it.")
    server_clock.forward(minutes=8)
    room.say("Their tweets are kept apart and merged when somebody loads their timeline.")

    next_phase(room, server_clock, "Scale & Trade-offs", minutes=6)
    for answer in ("The hot path is fan-out of big accounts.", "It costs a lot of writes a day."):
        room.say(answer)
    server_clock.forward(minutes=7)
    room.say("So I choose the hybrid, and I accept some milliseconds at read time.")

    next_phase(room, server_clock, "Wrap Up", minutes=2)
    room.say("To sum up: hybrid fan-out, two-stage ranking, search within a second.")
    traps = [line for line in room.state.lines if line.name.startswith("trap:")]
    assert len(traps) == 2

    page.locator("#room-menu summary").click()
    page.get_by_role("link", name="Finish the interview").click()
    page.get_by_role("button", name="Finish", exact=True).click()
    page.wait_for_url("**/report/")

    state = room.state
    assert state.status == "finished"
    assert sum(state.phase_seconds(state.last_at)) == pytest.approx(state.ended_s)
    assert {line.answers for line in state.lines if line.answers} == {"q2"}
    assert {line.flags for line in state.lines if line.flags} == {"n1"}
    assert state.text_of("outline").text == OUTLINE
    report = page.locator("main")
    expect(report).to_contain_text("How many daily users should I design for?")
    expect(report).to_contain_text("Push below 100K followers, pull at read time")


def test_the_clock_is_right_after_a_reload_ten_hidden_minutes_and_on_a_second_device(
    room, server_clock, context
):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")

    server_clock.forward(seconds=90)
    page.reload()
    room.loaded()
    assert abs(room.drift_s()) < 1

    server_clock.forward(minutes=10)
    room.look_at_the_clock()
    assert abs(room.drift_s()) < 1

    device = type(room)(context.new_page(), room.site)
    device.page.goto(page.url)
    device.loaded()
    assert abs(device.drift_s()) < 1


def test_the_clock_goes_by_the_servers_time_when_the_computers_is_an_hour_off(room, server_clock):
    page = room.page
    page.clock.install(time=0)  # the browser believes it is 1970
    room.enter()
    room.say("Hello, let me begin with the scale.")
    before = room.clock_s
    page.clock.set_system_time(3600 * 1000)
    room.look_at_the_clock()
    assert before - room.clock_s < 5


def test_a_move_can_be_undone_for_ten_seconds(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    page.get_by_role("button", name="Next phase: High-Level").click()
    expect(page.locator("#undo-move")).to_contain_text("Moved to High-Level.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#room-header h1")).to_have_text("Clarify")
    assert len(room.state.visits) == 1


def test_a_pause_covers_the_room_and_stops_the_clock(room, server_clock):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator("#cover")).to_be_visible()
    expect(page.locator("#lines")).to_be_hidden()
    left_s = room.clock_s
    server_clock.forward(hours=2)
    page.get_by_role("button", name="Resume").click()
    expect(page.locator("#lines")).to_be_visible()
    assert left_s - room.clock_s < 5


def test_the_interviewer_speaks_by_the_clock_and_never_while_one_types(room, server_clock):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    spoken = page.locator("#lines .interviewer").count()
    server_clock.forward(minutes=4)
    page.locator("#message").press_sequentially("typing ")
    room.look_at_the_clock()
    expect(page.locator("#lines .interviewer")).to_have_count(spoken)
    page.wait_for_timeout(4500)
    room.look_at_the_clock()
    expect(page.locator("#lines .interviewer")).to_have_count(spoken + 1)
    expect(page.locator("#message")).to_have_value("typing ")


def test_the_length_and_extra_time_are_chosen_in_the_room(room):
    page = room.enter().page
    page.get_by_label("8 minutes").click()
    expect(page.locator("[data-clock=total]")).to_have_text("8:00")
    page.get_by_text("Extra time, other lengths").click()
    page.get_by_label("Extra time").fill("1.5")
    page.get_by_label("Extra time").blur()
    expect(page.locator("[data-clock=total]")).to_have_text("12:00")
    page.get_by_role("button", name="Start the clock").click()
    expect(page.locator("#configure")).to_have_count(0)
    assert (room.state.format_id, room.state.extra) == ("8", 1.5)


def test_time_up_never_submits_and_what_comes_later_is_marked_late(room, server_clock):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    server_clock.forward(minutes=46)
    room.look_at_the_clock()
    expect(page.locator("#cue")).to_contain_text("Time is up.")
    room.say("One more thought about the ranking.")
    assert room.state.status == "running"
    assert room.state.said()[-1].late
    page.locator("#room-menu summary").click()
    page.get_by_role("link", name="Finish the interview").click()
    page.get_by_role("button", name="Finish", exact=True).click()
    page.wait_for_url("**/report/")
    assert room.state.ended_s == 45 * 60
