"""A whole interview, sat through `services.run` at chosen times: a realistic log to test with.

interview = Sitting(user, "45").sit().interview
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from trainer.accounts.models import User
from trainer.interviews import commands as cmd
from trainer.interviews.models import Interview
from trainer.interviews.selectors import state_of
from trainer.interviews.services import open_interview, run
from trainer.interviews.state import State

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

OUTLINE = """Client -> API Gateway -> Tweet Service, Timeline Service
Tweet Service -> Kafka: events
Kafka -> Fan-out Workers -> Timeline Cache
Timeline Service -> Timeline Cache
Timeline Cache: Redis, 800 ids a user"""

QUESTIONS = """Is the home timeline the focus, or do I need to design search as well?
How many daily active users do we have?
Which colour should the buttons be?"""

HOSTILE = """```
# A heading <script>alert(1)</script> <img src=x onerror=alert(1)>
````
{{ settings.SECRET_KEY }} {% now "Y" %} {{n:dau}} ?"""

ANSWERS: dict[str, tuple[str, ...]] = {
    "high_level": (
        "A client goes through the API gateway to the tweet service, which stores the tweet and "
        "puts an event on Kafka. Fan-out workers push it into the timelines of the followers.",
        "On a read the timeline service takes up to 800 ids from Redis, hydrates them from a "
        "cache of tweets, ranks them and returns the page.",
        "On a write the tweet is stored first.\n\nThen Kafka delivers it to the fan-out workers, "
        "so that posting stays fast even when delivery is slow.",
    ),
    "deep_dive": (
        "For most users push is right: a tweet goes to a few hundred timelines and reads are one "
        "lookup. But celebrities with 150 million followers break it: ten tweets a day are 1.5 "
        "billion writes caused by one person.",
        "So I take a hybrid: push below 100K followers, pull above. Celebrities' tweets are kept "
        "apart and merged in when somebody reads.",
        "The reader pays some 20 to 50 ms for the merge. I think that is worth the writes saved.",
    ),
    "scale": (
        "The write path is the limit: one tweet of a celebrity keeps every worker busy.",
        "The problem is the latency of reads against the writes that a push costs.",
        "I could push to all, pull for all, or take a hybrid of both.",
        "Push makes reads fast and writes dear; pull is the other way round.",
        "I take the hybrid: celebrities are few, and their followers can wait a little longer.",
        "Two code paths have to be kept working, and the threshold has to be tuned. If Redis is "
        "down, we fall back to the database and serve a stale timeline.",
    ),
    "challenge": (
        "Pushing to everyone fails for accounts with millions of followers.",
        "I would pull their tweets at read time and merge them in.",
    ),
    "wrap_up": (
        "To sum up: Kafka in the middle, hybrid fan-out, timelines in Redis.",
        "The key decision was the threshold. With more time I would look at search.",
    ),
}


@dataclass
class Sitting:
    """`at(seconds)` moves the wall clock to so many seconds after the start."""

    user: User
    format_id: str = "45"
    pack: str = "twitter"
    opened: datetime = START
    now: datetime = field(init=False)
    interview: Interview = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.opened
        self.interview = open_interview(self.user, self.pack, self.format_id, self.now)

    def at(self, seconds: float) -> "Sitting":
        self.now = self.opened + timedelta(seconds=seconds)
        return self

    def do(self, *commands: cmd.Command) -> "Sitting":
        for command in commands:
            run(self.interview.id, command, now=self.now)
        self.interview.refresh_from_db()
        return self

    def say(self, text: str) -> "Sitting":
        return self.do(cmd.Say(text))

    def save(self, name: str, text: str) -> "Sitting":
        base = self.state.text_of(name).revision
        return self.do(cmd.Save(name, text, base))  # type: ignore[arg-type]

    def move(self) -> "Sitting":
        """To the next phase."""
        return self.do(cmd.Move(self.state.phase + 1, self.state.phase))

    @property
    def state(self) -> State:
        return state_of(self.interview)

    def sit(self) -> "Sitting":
        """The whole of it: two essential questions of seven, an outline, a dive, the hard
        questions, the trade-off, and a finish two minutes before the end."""
        self.at(0).say(QUESTIONS).at(60).save("notes", "Ask about regions if time allows.")
        minutes = self.state.plan.total_s / 60
        for phase in range(1, len(self.state.plan.phases)):
            self.at(self.state.plan.ends_s[phase - 1] + 20).move()
            self._phase(self.state.phase_id, self.state.plan.phases[phase].seconds)
        return self.at((minutes - 2) * 60).do(cmd.Finish())

    def _phase(self, id_: str, length_s: float) -> None:
        """Through a phase: one message after another, with a look at the clock before each."""
        began = self.now
        if id_ == "high_level":
            self.save("outline", OUTLINE)
        if id_ == "deep_dive":
            self.now += timedelta(seconds=30)
            self.say("Celebrities, please.")
        answers = ANSWERS[id_]
        for i, text in enumerate(answers, start=1):
            self.now = began + timedelta(seconds=i * 0.85 * length_s / len(answers))
            self.do(cmd.Pulse(typing=False))
            self.now += timedelta(seconds=15)
            self.say(text)
