from careerforge.governance.handling import Erase, Handling, Keep, declare

DECIDED = Handling("To know who decided about a framework or a mapping", Keep.HERE, Erase.STAYS)
# Nothing about a person: it hangs on a row that somebody has decided about.
TAXONOMY = Handling(
    "The company's words for work, and others' words for it", Keep.HERE, Erase.LINK, exported=False
)

declare(
    "skills.release",
    (DECIDED, "decided_by decided_at state"),
    (TAXONOMY, "framework version about figures missing problems doubts made_at"),
)
declare("skills.releasepart", (TAXONOMY, "release number body"))
declare("skills.change", (TAXONOMY, "release kind concept_kind external_id before after into"))
declare(
    "skills.mapping",
    (DECIDED, "decided_by decided_at state"),
    (TAXONOMY, "skill role concept score merged_from"),
)
declare("skills.alias", (TAXONOMY, "skill text language mapping"))
declare("skills.rolealias", (TAXONOMY, "role text language mapping"))
