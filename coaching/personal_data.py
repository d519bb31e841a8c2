from careerforge.governance.handling import Erase, Handling, Keep, declare

ADVICE = Handling("What a coach asked about somebody, and what was answered", Keep.HERE, Erase.ROW)
SEALED = Handling("The text of question and answer, sealed in the coaching room", Keep.HERE, Erase.ROW)
REPEAT = Handling("To find the first answer to a repeated question", Keep.HERE, Erase.ROW, exported=False)

declare(
    "coaching.advice",
    (ADVICE, "room coach employee model_used prompt_version generated_at call"),
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

CHAT = Handling("Your own conversations with the machine; nobody else's", Keep.YEAR, Erase.ROW)
CHAT_TEXT = Handling("What was asked and answered, sealed in the person's private room", Keep.YEAR, Erase.ROW)
MAKING = Handling("To finish an answer that was begun, once", Keep.YEAR, Erase.ROW, exported=False)

declare(
    "coaching.conversation", (CHAT, "room owner started_at last_at deleted_at"), (CHAT_TEXT, "sealed_title")
)
declare(
    "coaching.message",
    (CHAT, "conversation place asked_at"),
    (CHAT_TEXT, "sealed_question"),
    (REPEAT, "form_hash"),
)
declare(
    "coaching.generation",
    (CHAT, "message owner finished_at model_used prompt_version call read struck data_on"),
    (MAKING, "state attempt written lease_until"),
)
declare("coaching.delta", (CHAT, "generation number"), (CHAT_TEXT, "sealed_piece"))
