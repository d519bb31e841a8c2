"""Memory of everything that a running `./run.sh serve` of this clone has started, as PSS in MB.

Open a few pages and ask for one advice first, so that web and worker have loaded the embedder. Prints one
line of JSON.
"""

import json
import re
import sys
from pathlib import Path

SUPERVISOR = str(Path(__file__).resolve().parent.parent / "careerforge" / "embedded" / "__main__.py")


def read(pid: int, name: str) -> str:
    """A file of a process, or nothing when it has gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace").replace("\0", " ").strip()
    except OSError:
        return ""


def pss_mb(pid: int) -> float:
    """Proportional set size of a process in MB: memory it shares is divided among those that share it."""
    found = re.search(r"^Pss:\s+(\d+)", read(pid, "smaps_rollup"), re.M)
    return int(found[1]) / 1024 if found else 0.0


def below(root: int) -> list[int]:
    """A process and all that descend from it."""
    everyone = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    parents = {pid: stat.rpartition(")")[2].split()[1] for pid in everyone if (stat := read(pid, "stat"))}
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == str(pid)]
    return found


def main() -> int:
    """Sum and print; 1 when nothing of this clone is being served."""
    everyone = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    serving = [
        pid for pid in everyone if SUPERVISOR in (line := read(pid, "cmdline")) and line.endswith("serve")
    ]
    if not serving:
        print(json.dumps({"bench": "memory", "skipped": "./run.sh serve of this clone is not running"}))
        return 0
    processes = {f"{pid} {read(pid, 'cmdline')[:60]}": round(pss_mb(pid), 1) for pid in below(serving[0])}
    print(json.dumps({"bench": "memory", "pss_mb": round(sum(processes.values())), "processes": processes}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
