from careerforge.governance.handling import Erase, Handling, Keep, declare

ADVICE = Handling("What a coach asked about somebody, and what was answered", Keep.HERE, Erase.ROW)
SEALED = Handling("The text of question and answer, sealed in the coaching room", Keep.HERE, Erase.ROW)
REPEAT = Handling("To find the first answer to a repeated question", Keep.HERE, Erase.ROW, exported=False)

declare(
    "coaching.advice",
    (ADVICE, "room coach employee model_used prompt_version generated_at"),
    (SEALED, "sealed_question sealed_answer"),
    (REPEAT, "request_hash"),
)
declare("coaching.advicesource", (ADVICE, "advice position chunk"))

UNIT = Handling("Figures of the groups that somebody leads, as printed", Keep.HERE, Erase.ROW, exported=False)
COUNTED = Handling(
    "Who counts in which group, so that nobody can be worked out from week to week",
    Keep.HERE,
    Erase.ROW,
    exported=False,
)

declare("coaching.teamweek", (UNIT, "manager by day groups bands steps"))
declare("coaching.teamweekperson", (COUNTED, "week user group score"))
