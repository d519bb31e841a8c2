from careerforge.governance.handling import Erase, Handling, Keep, declare

USE = Handling("To keep one person's questions to a model within their hourly limit", Keep.DAY, Erase.ROW)

declare(
    "gateway.spend",
    (USE, "scope holder starts_at calls tokens micros most_calls most_tokens most_micros"),
)
