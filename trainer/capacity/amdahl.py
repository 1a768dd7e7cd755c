"""Amdahl's law: what more cores are worth when a share of the work cannot be spread. Pure."""

import math


def speedup(serial_share: float, cores: float) -> float:
    """How many times faster the whole is on `cores` (1 or more), when `serial_share` (0..1) of the
    time on one core cannot be spread: never more than 1 / serial_share."""
    return 1 / (serial_share + (1 - serial_share) / cores)


def ceiling(serial_share: float) -> float:
    """The speed-up that no number of cores passes; infinite where all can be spread."""
    return 1 / serial_share if serial_share > 0 else math.inf


def cores_for(wanted: float, serial_share: float) -> float:
    """How many cores make the whole `wanted` times (1 or more) faster; infinite where none do."""
    left = 1 / wanted - serial_share
    return (1 - serial_share) / left if left > 0 else math.inf
