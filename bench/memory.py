"""Memory of everything that `serve` runs, as PSS in MB.

Start `./run.sh serve` in another terminal first, then give its address: `./run.sh bench memory --url http://127.0.0.1:8000`.
Prints one line of JSON.
"""

import argparse
import json
import re
from pathlib import Path


def pss_kb(pid: int) -> int:
    """Proportional set size of a process in kB; 0 when it has gone."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def parents() -> dict[int, int]:
    """Process → its parent."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        found[int(stat.parent.name)] = int(text.rpartition(")")[2].split()[1])
    return found


def below(root: int, tree: dict[int, int]) -> list[int]:
    """A process and all that descend from it."""
    found = [root]
    for pid in found:
        found += [child for child, parent in tree.items() if parent == pid]
    return found


def main() -> None:
    """Sum and print."""
    options = argparse.ArgumentParser()
    options.add_argument(
        "--pid", type=int, action="append", required=True, help="supervisor, and PostgreSQL's postmaster"
    )
    tree = parents()
    processes = {pid: pss_kb(pid) for root in options.parse_args().pid for pid in below(root, tree)}
    names = {
        pid: Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:60] for pid in processes
    }
    total = round(sum(processes.values()) / 1024)
    each = {f"{pid} {names[pid].strip()}": round(kb / 1024) for pid, kb in processes.items()}
    print(json.dumps({"bench": "memory", "pss_mb": total, "processes": each}))


if __name__ == "__main__":
    main()
