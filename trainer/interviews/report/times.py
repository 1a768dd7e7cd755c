"""Seconds and counts as people read them. Pure."""


def clock_time(seconds: float) -> str:
    """Seconds as `m:ss`, never below zero: 272.4 is 4:32."""
    whole = max(int(seconds), 0)
    return f"{whole // 60}:{whole % 60:02}"


def minutes(seconds: float) -> str:
    """Seconds as minutes with at most one decimal: 90 is "1.5", 300 is "5"."""
    return f"{round(seconds / 60, 1):g}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 question`, `2 questions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """Names in a sentence: `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
