from careerforge.governance.handling import Erase, Handling, Keep, declare

GOAL = Handling("The role a person has chosen to head for", Keep.HERE, Erase.ROW)
WAY = Handling("The person's path, its steps and why they are there", Keep.HERE, Erase.ROW)
FIT = Handling("Roles that fit, with the receipt of each score", Keep.QUARTER, Erase.ROW)
CHANGE = Handling("To show how readiness has changed", Keep.YEAR, Erase.ROW)

declare("learning.target", (GOAL, "user role chosen_at ended_at"))
declare("learning.step", (WAY, "user key type skill level resource status skip_reason started_at ended_at"))
declare("learning.path", (WAY, "user role made_at"))
declare(
    "learning.pathversion", (WAY, "path number summary built_by prompt_version draft inputs_hash made_at")
)
declare(
    "learning.node",
    (
        WAY,
        "version step phase position title description worded_by hours current_level required_level receipt",
    ),
)
declare("learning.nodeprerequisite", (WAY, "node requires"))
declare("learning.noderesource", (WAY, "node resource position"))
declare("learning.nodereason", (WAY, "node position text source_title source_detail source_date chunk quote"))
declare(
    "learning.pathdraft",
    (
        WAY,
        "path state summary model prompt_version call checks agreed sentences supported struck"
        " stands_on order worded made_at ended_at",
    ),
)
declare("learning.pathdraftstep", (WAY, "draft position key title description resources stands_on"))
declare("learning.rolesuggestion", (FIT, "user role rank score receipt inputs_hash made_at accepted_at"))
declare("learning.readiness", (CHANGE, "user role day score known_share receipt"))
declare(
    "learning.wording",
    (FIT, "user role skill text model prompt_version call checks rests_on made_at"),
)
declare("learning.wordingsource", (FIT, "wording chunk"))
