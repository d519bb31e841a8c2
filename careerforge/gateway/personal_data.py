from careerforge.governance.handling import Erase, Handling, Keep, declare

USE = Handling("To keep one person's questions to a model within their hourly limit", Keep.DAY, Erase.ROW)
SENT = Handling("To show a person what about them was sent to a model", Keep.TWO_YEARS, Erase.ROW)
TEXT = Handling("What was sent to a model about a person, and its answer", Keep.TWO_YEARS, Erase.KEY)

declare("gateway.senttext", (SENT, "call subject about digest sent_at"), (TEXT, "sealed_text"))
declare(
    "gateway.spend",
    (USE, "scope holder starts_at calls tokens micros most_calls most_tokens most_micros"),
)
