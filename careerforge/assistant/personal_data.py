from careerforge.governance.handling import Erase, Handling, Keep, declare

WRITTEN = Handling("Who wrote a prompt and who answers for it", Keep.HERE, Erase.LINK)
TEXT = Handling("The text of a prompt, which is about nobody", Keep.HERE, Erase.STAYS, exported=False)
MARKED = Handling("Who marked an answer as right", Keep.HERE, Erase.LINK)
ASKED = Handling(
    "A question without people, asked before a change goes live", Keep.HERE, Erase.STAYS, exported=False
)
TRIED = Handling("Who asked for a run of the golden set", Keep.HERE, Erase.LINK)
CHANGED = Handling("Who wanted another language model, and who decided on it", Keep.HERE, Erase.LINK)
WANTED = Handling("A language model in place of another", Keep.HERE, Erase.STAYS, exported=False)
FIGURES = Handling("What came of a run of the golden set", Keep.HERE, Erase.STAYS, exported=False)

declare(
    "assistant.promptversion",
    (WRITTEN, "owner author"),
    (TEXT, "name number text digest note made_at live live_at live_reason is_shipped"),
)
declare(
    "assistant.goldenquestion",
    (MARKED, "marked_by marked_at"),
    (ASKED, "function question about digest retired_at"),
)
declare("assistant.goldenpassage", (ASKED, "golden position document version start end"))
declare(
    "assistant.goldenrun",
    (TRIED, "made_by made_at"),
    (
        FIGURES,
        "prompt prompt_digest generation model models_digest asked_digest live_digest before after"
        " better worse open planned waits_until",
    ),
)
declare("assistant.goldenresult", (FIGURES, "run golden function outcome before after"))
declare(
    "assistant.modelchange",
    (CHANGED, "made_by made_at ended_by ended_at"),
    (WANTED, "offer values state reason"),
)

REVIEWED = Handling("What a model wrote about somebody and a coach looked at first", Keep.YEAR, Erase.ROW)
SEALED = Handling("The words of a review, sealed in the coaching room", Keep.YEAR, Erase.ROW)
REVIEWER = Handling("Who asked for a draft and who reviewed it", Keep.YEAR, Erase.LINK)

declare(
    "assistant.review",
    (REVIEWED, "subject kind state target_kind target_id why submitted_at due_at needs_two ended_at"),
    (SEALED, "sealed_draft"),
    (REVIEWER, "asked_by assigned_to"),
)
declare(
    "assistant.opinion",
    (REVIEWED, "review verdict given_at"),
    (SEALED, "sealed_reason sealed_text"),
    (REVIEWER, "reviewer"),
)

RATED = Handling("What somebody thinks of a result of the assistant", Keep.YEAR, Erase.ROW)
COMMENT = Handling("What they wrote about it, sealed in the room of the result", Keep.YEAR, Erase.ROW)

declare(
    "assistant.feedback",
    (
        RATED,
        "user result_kind result_id thumb reasons question_hash model_used prompt_version said given_at room",
    ),
    (COMMENT, "sealed_comment"),
)
