"""What the tests of the administration's pages share."""

import re
from html import unescape
from typing import Any

LIST = "/admin/connectors/connection/"
ADD = f"{LIST}add/"
FORM = {
    "name": "News",
    "kind": "feed",
    "location": "http://news.example/feed",
    "about": "market",
    "audience": "everyone",
    "interval_minutes": "60",
    "way": "header",
    "header": "Authorization",
}


def words(answer: Any) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def errors(answer: Any) -> dict[str, list[str]]:
    """The fields of a form that say what is wrong."""
    return dict(answer.context["adminform"].form.errors)


def filled(answer: Any) -> dict[str, Any]:
    """What a form holds as it comes to the browser, ready to be sent back."""
    form = answer.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    sent = {name: value for name, value in values.items() if value is not None and value is not False}
    return {"kind": form.kind.key} | {name: "on" if value is True else value for name, value in sent.items()}
