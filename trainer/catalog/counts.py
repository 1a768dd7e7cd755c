"""How much a pack holds. Pure."""

from trainer.catalog.schema import Pack


def counts(pack: Pack) -> dict[str, int]:
    """The number of things in `pack`, by a name in the plural."""
    numbers, architecture = pack.numbers, pack.architecture
    return {
        "formats": len(pack.formats),
        "phases": sum(len(each.phases) for each in pack.formats),
        "essential questions": len(pack.clarify.essential),
        "questions not to ask": len(pack.clarify.avoid),
        "layers": len(architecture.layers),
        "components": len(architecture.components),
        "edges": len(architecture.edges),
        "flows": len(architecture.flows),
        "extended components": len(architecture.extended),
        "deep dives": len(pack.deep_dives),
        "trade-off decisions": len(pack.trade_offs.decisions),
        "trade-off steps": len(pack.trade_offs.steps),
        "traps": len(pack.traps),
        "mistakes": len(pack.mistakes),
        "rubric points": len(pack.points),
        "key numbers": len(pack.key_numbers),
        "numbers": len(numbers),
        "formulas": sum(number.formula is not None for number in numbers),
        "sources": len(pack.sources),
        "walkthrough phases": len(pack.walkthrough.phases),
        "walkthrough lines": sum(len(each.lines) for each in pack.walkthrough.phases),
        "quick reference sections": len(pack.quick_reference.sections),
        "quick reference items": sum(len(each.items) for each in pack.quick_reference.sections),
        "weight sets": len(pack.weights),
        "weights": sum(len(each.weights) for each in pack.weights),
        "weights not simulated": sum(len(each.others) for each in pack.weights),
        "labs": len(pack.labs),
        "stand-ins": len(pack.stand_ins),
        "concepts of the grader": len(pack.grading.concepts),
        "points with patterns": len(pack.grading.points),
        "flawed designs": len(pack.flawed),
        "questions under fire": len(pack.under_fire.everything),
        "follow-ups": sum(len(each.follow_ups) for each in pack.traps),
        "pairs of answers": len(pack.spot),
        "contradictions": len(pack.contradictions),
        "estimation tasks": len(pack.estimation),
    }
