"""What a measurement was taken on; a figure without it says little."""

import os
import platform
from pathlib import Path


def machine() -> dict[str, object]:
    """Cores we may use, their model, memory in MB, versions, and the load (processes that run or
    wait, on average over the last minute). What this system does not tell is None."""
    kb = _from("/proc/meminfo", "MemTotal")
    return {
        "cpus": _cpus(),
        "model": _from("/proc/cpuinfo", "model name") or platform.machine(),
        "memory_mb": int(kb.split()[0]) // 1024 if kb else None,
        "python": platform.python_version(),
        "kernel": f"{platform.system()} {platform.release()}",
        "load_1_min": round(os.getloadavg()[0], 2),
    }


def _cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _from(file: str, name: str) -> str | None:
    """The first value of `name` in a file of lines such as `name : value`."""
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = (line.partition(":") for line in lines)
    return next((value.strip() for key, _, value in pairs if key.strip() == name), None)
