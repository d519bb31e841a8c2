import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.log import configure_logging

TOKEN = "Zm9yZ2VkLXRva2VuLW9mLW9uZS10aW1l"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the console gets, through the handler as it is set up."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    stream = io.StringIO()
    handler: Any = next(h for h in logging.getLogger().handlers if h.name == "console")
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_refused_form_does_not_log_the_one_time_token(db: None, written: io.StringIO) -> None:
    assert Client(enforce_csrf_checks=True).post(f"/welcome/{TOKEN}/", {"a": "b"}).status_code == 403
    assert lines(written)[-1]["from"] == "django.security.csrf"
    assert lines(written)[-1]["message"] == "csrf: refused on welcome/<str:token>/"
    assert TOKEN not in written.getvalue()


@pytest.mark.parametrize(
    "logger", ["django.security.csrf", "django.request", "django.server", "waitress", "x"]
)
def test_no_logger_writes_a_living_link(written: io.StringIO, logger: str) -> None:
    logging.getLogger(logger).critical("Forbidden: %s", f"https://a.example/welcome/{TOKEN}/?x=1")
    assert TOKEN not in written.getvalue()


def test_a_forged_host_is_a_warning_without_its_text(db: None, written: io.StringIO) -> None:
    assert Client().get("/help/", headers={"host": "evil.example"}).status_code == 400
    assert "evil" not in written.getvalue()
    assert [(line["level"], line["from"]) for line in lines(written)] == [
        ("warning", "django.security.DisallowedHost")
    ]


def test_a_warning_of_python_is_one_line_like_all_others(written: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("so it is", UserWarning, stacklevel=1)
        logging.captureWarnings(False)
    logging.captureWarnings(True)
    line = lines(written)[-1]
    assert (line["from"], line["level"]) == ("py.warnings", "warning")
    assert "so it is" in line["message"]
