from careerforge.governance.handling import Erase, Handling, Keep, declare

TRAIL = Handling("To show who did and saw what", Keep.TRAIL, Erase.STAYS)
WORK = Handling(
    "To do in the background what somebody asked for, and show how far it is", Keep.QUARTER, Erase.ROW
)

declare(
    "governance.auditevent",
    (TRAIL, "at actor actor_kind act subject object_kind object_id reason detail"),
)
# Jobs are the layer below; what they keep is declared here.
declare(
    "jobs.jobrun",
    (WORK, "asked_by job dedup_key arguments result created_at started_at finished_at"),
    (WORK, "state attempt stage progress cursor error error_id run_after heartbeat_at lease_until dead_at"),
)
