"""Seconds, minutes, counts and lists as people read them. Pure."""


def second(seconds: float) -> int:
    """The second of the interview in which something at `seconds` happened: 126.9 is 126. It is
    cut as `clock_time` cuts, so that a page, an address and the replay name the same one."""
    return int(seconds)


def minutes(seconds: float) -> str:
    """Seconds as minutes with at most one decimal: 90 is "1.5", 300 is "5"."""
    return f"{round(seconds / 60, 1):g}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 question`, `2 questions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """Names in a sentence: `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
