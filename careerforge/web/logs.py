import json
import logging
import re
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType

from careerforge.web.error_number import current

# Loggers of Django that write what a stranger has sent: addresses, hosts, names of columns.
STRANGERS = ("django.security", "django.request")
SECRET_PATH = re.compile(r"(welcome/)[^\s/?\"'<>]+")


class NothingOfStrangers(logging.Filter):
    """A refused request is a warning that says what was refused and on which route, in our words."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite such a record; none is held back."""
        if record.name.startswith("django.security"):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = None
        return True


def said(record: logging.LogRecord) -> str:
    """The message, without an address that holds a one-time token."""
    if record.name.startswith(STRANGERS):
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        return f"{record.name.rpartition('.')[2]}: refused on {match.route if match else 'no route'}"
    message = record.getMessage()
    if record.name == "py.warnings":
        # The second line is a line of source.
        message = message.partition("\n")[0]
    return SECRET_PATH.sub(r"\1…", message)


class OneLine(logging.Formatter):
    """One JSON object a line, so that no name or message can forge a second line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": said(record),
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
