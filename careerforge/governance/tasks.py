from typing import Any

from careerforge.governance import chain, heads
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from careerforge.jobs.schedules import every


@job("governance.seal_audit", stages=("Sealing",), keep_hours=2)
def seal_audit(running: Running) -> dict[str, Any]:
    """Tie what was written since the last minute, slice by slice; the head is kept once a slice is safe."""
    sealed = 0
    while True:
        with running.transaction():
            position, head, count = chain.seal(running.organisation_id)
        if position:
            heads.keep(running.organisation_id, heads.Head(position, head))
        sealed += count
        if count < chain.BATCH:
            return {"sealed": sealed}


every("governance.seal_audit", "governance.seal_audit", "* * * * *")
