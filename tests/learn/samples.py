"""A short sample interview: three phases of 2, 3 and 1 lines."""

from trainer.catalog.schema import Line, Phase
from trainer.interviews.pacing import make_plan
from trainer.learn.sample import Sample, timed_phase

PHASES = [
    ("clarify", "Clarify", 5.0),
    ("high_level", "High-Level", 10.0),
    ("wrap_up", "Wrap Up", 5.0),
]
LINES = (2, 3, 1)


def short_sample() -> Sample:
    plan = make_plan(PHASES)
    starts = (0.0, *plan.ends_s)
    phases = tuple(
        timed_phase(
            Phase(id=id_, name=name, minutes=minutes, focus="Focus."),
            [Line(who="candidate", text="word " * 6) for _ in range(count)],
            start,
            end,
        )
        for (id_, name, minutes), count, start, end in zip(
            PHASES, LINES, starts, plan.ends_s, strict=False
        )
    )
    return Sample("Sample", plan, phases)
