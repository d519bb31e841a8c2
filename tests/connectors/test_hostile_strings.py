"""No pattern of the parsers takes long over a text that was made to make it slow."""

import importlib
import pkgutil
import re
import time

import pytest

import connectors.discovery
import connectors.kinds
import connectors.parsing

LONG = 30_000
PIECES = (
    "a", " ", "<", "<a ", "1", "1,", "1.000 ", "$", "$1 ", "-", "/", "/job-", "\n", "\t", '"', "&lt;", "a b ",
    "A1", "style=", "//a.greenhouse.io/", "<!ENTITY a ", "color:", "display :", "0", "font-size:0", "hidden",
    "@", "\ud7ff", "é", "http://",
)  # fmt: skip


def modules():
    for package in (connectors.parsing, connectors.kinds, connectors.discovery):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not found.name.endswith(".child"):
                yield found.name


def patterns():
    for name in modules():
        for label, value in vars(importlib.import_module(name)).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{label}", value


FOUND = dict(patterns())


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_pattern_takes_linear_time(name):
    pattern = FOUND[name]
    for piece in PIECES:
        text = (piece * LONG)[:LONG]
        hostile = text.encode() if isinstance(pattern.pattern, bytes) else text
        start = time.perf_counter()
        for _ in zip(pattern.finditer(hostile), range(LONG), strict=False):
            pass
        # A hundred times what the slowest needs, and a thousandth of what a quadratic one would.
        assert time.perf_counter() - start < 2, piece
