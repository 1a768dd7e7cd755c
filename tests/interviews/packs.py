"""A small pack made by hand, for tests of the interview that need no content folder."""

from trainer.catalog import schema as s

PHASES = ["clarify", "high_level", "deep_dive", "scale", "wrap_up"]
NAMES = ["Clarify", "High-Level", "Deep Dive", "Scale", "Wrap Up"]
STEPS = ("state", "options", "analyze", "decide", "limits")


def _format(id_: str, traps: int, phases: list[tuple[str, str, float]]) -> s.Format:
    return s.Format(
        id=id_,
        name=f"{id_} minutes",
        summary="A length.",
        traps=traps,
        phases=tuple(
            s.Phase(id=phase, name=name, minutes=minutes, focus="Focus.")  # type: ignore[arg-type]
            for phase, name, minutes in phases
        ),
    )


def _paced(id_: str, traps: int, minutes: list[float]) -> s.Format:
    return _format(id_, traps, list(zip(PHASES, NAMES, minutes, strict=True)))


def _question(id_: str, ask: str, wordings: tuple[str, ...], reply: str) -> s.Question:
    return s.Question(id=id_, topic=id_, ask=ask, wordings=wordings, why="Why.", reply=reply)


def _dive(id_: str, title: str, cues: tuple[str, ...], points: int) -> s.DeepDive:
    return s.DeepDive(
        id=id_,
        title=title,
        when="When.",
        cues=cues,
        ask=f"How does {title} work?",
        probes=tuple(f"{title}, question {i}?" for i in range(1, points + 1)),
        key_points=(),
        insight="Insight.",
        points=(s.Point(id=f"{id_}.1", text="Point."),),
    )


def _trap(id_: str, phases: tuple[s.PhaseId, ...]) -> s.Trap:
    return s.Trap(
        id=id_,
        title=f"Trap {id_}",
        ask=f"What about {id_}?",
        phases=phases,
        good_answer=(s.AnswerPart(text="Good."),),
        points=(s.Point(id=f"{id_}.1", text="Point."),),
    )


def _phase_lines() -> dict[s.PhaseId, s.PhaseLines]:
    lines = {
        id_: s.PhaseLines(
            enter=(f"Enter {id_}.",),
            nudges=(
                s.Nudge(at=0.5, text=f"Half of {id_}."),
                s.Nudge(at=0.9, text=f"End of {id_}."),
            ),
        )
        for id_ in (*PHASES, "challenge")
    }
    return lines  # type: ignore[return-value]


def small_pack() -> s.Pack:
    """Three lengths, three questions, one to avoid, three dives, five steps, five traps."""
    return s.Pack(
        slug="small",
        about=s.About(title="Small", prompt="Design Small.", summary="A pack for tests."),
        formats=(
            _paced("45", 2, [5, 10, 15, 10, 5]),
            _paced("60", 3, [7, 13, 20, 10, 10]),
            _format("8", 1, [("clarify", "Clarify", 5), ("challenge", "One question", 3)]),
        ),
        sources=(),
        numbers=(
            s.Number(
                slug="users",
                label="Users",
                value=250e6,
                unit="people",
                text="250M",
                status="confirmed",
                worth="Worth.",
            ),
        ),
        clarify=s.Clarify(
            essential=(
                _question(
                    "scale",
                    "What scale should I design for?",
                    (
                        "How many users do we have?",
                        "How many daily active users?",
                        "What is the expected traffic?",
                        "What load should I plan for?",
                        "How big is the user base?",
                    ),
                    "Plan for {{n:users}} daily users.",
                ),
                _question(
                    "latency",
                    "What are the latency requirements?",
                    (
                        "How fast must the timeline load?",
                        "What response time do you expect?",
                        "What latency is acceptable?",
                        "How quickly should a page load?",
                        "Is there a latency target?",
                    ),
                    "It should feel instant.",
                ),
                _question(
                    "regions",
                    "Is geographic distribution in scope?",
                    (
                        "Do we need several regions?",
                        "Is this multi-region?",
                        "Should it run in more than one region?",
                        "How many data centers are there?",
                        "Is it one continent or worldwide?",
                    ),
                    "Yes, worldwide.",
                ),
            ),
            avoid=(
                s.AvoidedQuestion(
                    id="database",
                    ask="What database should I use?",
                    wordings=(
                        "Which database do you want?",
                        "Should I use SQL or NoSQL?",
                        "Which database would you pick?",
                        "What kind of database is preferred?",
                    ),
                    why_not="You should propose one yourself.",
                    reply="That is open to you.",
                ),
            ),
        ),
        architecture=s.Architecture(
            advice="Draw.", layers=(), components=(), edges=(), flows=(), extended=()
        ),
        deep_dives=(
            _dive("ranking", "Ranking", ("ranking", "ranker", "machine learning"), 2),
            _dive("fanout", "Fan-out", ("fan-out", "celebrity", "push"), 4),
            _dive("search", "Search", ("search", "index", "ElasticSearch"), 1),
        ),
        trade_offs=s.TradeOffs(
            decisions=(),
            steps=tuple(
                s.Step(id=step, name=step, what="What.", example="Example.", ask=f"Step {step}?")
                for step in STEPS
            ),
        ),
        traps=(
            _trap("t1", ("high_level", "deep_dive", "scale", "challenge")),
            _trap("t2", ("deep_dive", "challenge")),
            _trap("t3", ("deep_dive", "scale", "challenge")),
            _trap("t4", ("scale",)),
            _trap("t5", ("scale", "challenge")),
        ),
        mistakes=(),
        walkthrough=s.Walkthrough(title="Walkthrough", format="45", phases=()),
        quick_reference=s.QuickReference(title="Quick", sections=()),
        interviewer=s.Interviewer(
            heard=("Heard.", "Go on."),
            unmatched=("Assume what is reasonable.", "That is open."),
            defer=("What would you choose?",),
            already_told="My answer stands.",
            offer_dives="{first} or {second}?",
            dive_unclear="Which of them?",
            another_dive="Another one?",
            trade_off_intro="One decision, step by step.",
            trade_off_done="Thank you for that.",
            closing="That is all.",
            phases=_phase_lines(),
        ),
    )
