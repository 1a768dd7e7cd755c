"""Seconds as people read them. Pure."""


def clock_time(seconds: float) -> str:
    """Seconds as `m:ss`, towards zero, so that 0:00 stands for the last second: 272.4 is 4:32,
    -30 (half a minute over) is -0:30, 3600 is 60:00."""
    whole = int(seconds)
    minutes, rest = divmod(abs(whole), 60)
    return f"{'-' if whole < 0 else ''}{minutes}:{rest:02}"
