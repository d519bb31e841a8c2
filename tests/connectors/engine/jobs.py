"""Entries of a board, and connections to one."""

from datetime import UTC, datetime

URL = "http://news.example/jobs"
WHOLE = {"complete": True}
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


def job(number: int, **rest: object) -> dict[str, object]:
    """An entry with a text of its own."""
    return {"id": number, "title": f"Post {number}", "body": f"What post {number} is about.", **rest}


def jobs(*numbers: int) -> list[dict[str, object]]:
    return [job(number) for number in numbers]
