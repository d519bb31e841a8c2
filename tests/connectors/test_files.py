"""Text and Markdown files are documents; everything else is one problem with a reason."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.parsing.plain import decode

DATA = Path(__file__).parent / "data"
HEAD = """+++
title = "Travel policy"
kind = "policy"
topics = ["travel", "cost"]
age = {age}
owner = "Facilities"
+++
# Ignored heading

Book early.
"""


def test_a_markdown_file_is_a_document_named_by_its_heading(read):
    (item,) = read("handbook/onboarding.md", "# Your first week #\n\nCome *early*.\n").items
    assert (item.external_id, item.title) == ("handbook/onboarding.md", "Your first week")
    assert item.kind == "document"
    assert "Come *early*." in item.text


def test_a_text_without_heading_is_named_by_its_file(read):
    assert read("notes/forge.txt", "Heat first.").items[0].title == "forge"


@pytest.mark.parametrize("age", ["12", '"12 days"'])
def test_the_head_of_a_file_is_read(age, read, now):
    (item,) = read("travel.md", HEAD.format(age=age)).items
    assert (item.title, item.kind) == ("Travel policy", "policy")
    assert item.published_at == now - timedelta(days=12)
    assert item.facts == {"topics": ("travel", "cost"), "owner": "Facilities"}
    assert "owner" not in item.text


@pytest.mark.parametrize("date", ["2026-05-01", "2026-05-01T00:00:00Z", '"2026-05-01"'])
def test_a_published_date_may_be_a_date_or_text(date, read):
    (item,) = read("a.md", f"+++\npublished = {date}\n+++\ntext").items
    assert item.published_at == datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("head", ["+++\ntitle = \n+++\nbody", "+++\ntitle = 'x'\nbody without end"])
def test_a_broken_head_is_said_and_the_text_kept(head, read):
    parsed = read("a.md", head)
    assert "body" in parsed.items[0].text
    assert "+++" in parsed.problems[0].reason


@pytest.mark.parametrize(
    ("name", "charset", "text", "is_flagged"),
    [
        ("says_latin1_is_utf8.txt", "iso-8859-1", "Zażółć gęślą jaźń – 人才市场", False),
        ("says_utf8_is_cp1250.txt", "utf-8", "Zażółć gęślą jaźń", True),
        ("utf16_no_bom.txt", "utf-8", "Zażółć gęślą jaźń – 人才市场", True),
        ("truncated_utf8.txt", "utf-8", "Zażółć gęślą jaźń – 人才市", True),
        ("utf8_bom.csv", "utf-8", "skill,trend\nRust,34", False),
    ],
)
def test_a_wrong_character_set_is_read_right_or_flagged(name, charset, text, is_flagged, read):
    parsed = read(name, (DATA / "charset" / name).read_bytes(), f"text/plain; charset={charset}")
    assert parsed.items[0].text == text
    assert bool(parsed.problems) is is_flagged


def test_nul_bytes_reach_no_item(read):
    (item,) = read("nul_bytes.json", (DATA / "charset/nul_bytes.json").read_bytes()).items
    assert item.title == "ab"


def test_utf7_stays_harmless_text(read):
    (item,) = read("utf7.html", (DATA / "charset/utf7.html").read_bytes()).items
    assert "<script" not in item.text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Größe und Übung für Ärzte – schön", "cp1252"),
        ("señor años canción", "latin-1"),
        ("déjà vu “quoted” – naïve", "cp1252"),
        ("Český trh práce, příležitosti, žádná", "cp1250"),
        ("Český trh práce, šance, žádná", "iso-8859-2"),
        ("Łódź i okolice: świetna praca", "iso-8859-2"),
        ("Привет мир, работа", "cp1251"),
        ("Привет мир, работа", "koi8-r"),
    ],
)
def test_undeclared_eight_bit_text_is_guessed_and_flagged(text, charset):
    found, warning = decode(text.encode(charset))
    assert found == text
    assert warning


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.csv", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n", "Git LFS"),
        ("a.yml", b"---\nhttp_interactions:\n- request:\n    method: get\n", "recording"),
        ("a.yaml", b"interactions:\n- request: {}\n", "recording"),
        ("a.tar.gz", gzip.compress(b"x" * 100, mtime=0), "archives"),
        ("a.z", zlib.compress(b"feed" * 100), "archives"),
        ("a.tar", b"name".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 300, "archives"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 40, "damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "Pictures"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>", "Pictures"),
        ("a", b"<?xml version='1.0'?><svg><text>x</text></svg>", "Pictures"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "Pictures"),
        ("a.mp4", b"\0\0\0\x18ftypmp42\0\0", "Sound and film"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n", "empty"),
        ("a.exe", b"MZ\x90\0\x03\0\0\0\x04", "program"),
        ("a.bin", bytes(range(256)), "neither text"),
        ("a.pdf", b"<html>no</html>", "name says PDF"),
        ("a.json", b"hello", "says JSON"),
        ("a.txt", b"x" * 25_000_001, "larger"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_one_problem_with_a_reason(name, body, words, read):
    parsed = read(name, body)
    assert parsed.items == ()
    (problem,) = parsed.problems
    assert problem.where == name
    assert words in problem.reason


@pytest.mark.parametrize(
    "text", ["[a link](https://a.example) starts this", "BMW und Meisterprüfung", "MZ is a country code"]
)
def test_text_that_begins_like_another_format_stays_text(text, read):
    assert read("a.md", text).items[0].text == text
