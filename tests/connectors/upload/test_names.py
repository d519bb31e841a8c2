"""Names of files lead nowhere and hide nothing."""

import pytest

from connectors.kinds.upload.names import LONGEST, safe_name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Ladder 2026.pdf", "Ladder 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\plan.docx", "plan.docx"),
        ("a\x00b.txt", "ab.txt"),
        ("a\r\nContent-Type: x.txt", "a Content-Type x.txt"),
        ("plan\u202exslx.exe", "planxslx.exe"),
        ("<script>.html", "script .html"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_a_name_is_one_plain_line(given, name):
    assert safe_name(given) == name


def test_a_long_name_keeps_its_ending():
    name = safe_name("x" * 300 + ".docx")
    assert (len(name), name[-5:]) == (LONGEST, ".docx")
