"""Numbers of a run, and what was around it."""

import os
import re
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def quantiles(taken: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile of milliseconds."""
    return {
        "p50_ms": round(statistics.median(taken), 2),
        "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 2),
    }


def pss_mb(process: int | str = "self") -> float:
    """Proportional set size of a process in MB."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)
    return round(int(found[1]) / 1024, 1) if found else 0.0


def surroundings() -> dict[str, Any]:
    """Cores, and how busy they are with others: runnable tasks in the last minute."""
    return {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}
