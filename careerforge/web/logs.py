import json
import logging
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType

from careerforge.web.error_number import current


class OneLine(logging.Formatter):
    """One JSON object a line, so that no name or message can forge a second line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        if number := current():
            line["request"] = number
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)


def places(trace: TracebackType | None) -> str:
    """Where an error passed, file and line only: an exception's text may hold somebody's data."""
    frames = extract_tb(trace)
    return " < ".join(
        f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno}" for frame in reversed(frames[-12:])
    )
