"""Markup becomes readable text, and every text can be stored."""

from __future__ import annotations

import time

import pytest

from connectors.parsing.text import clean, html_to_text, one_line


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("&lt;p&gt;Twice &amp;amp; more&lt;/p&gt;", "Twice & more"),
        ("&lt;script&gt;x&lt;/script&gt;&lt;b&gt;kept&lt;/b&gt;", "kept"),
        ("<ul><li>a<li>b</ul>after", "- a\n- b\n\nafter"),
        ("R&amp;D, 3 < 4 &gt; 2", "R&D, 3 < 4 > 2"),
        ("We use &lt;b&gt; in HTML <i>a lot</i>", "We use <b> in HTML a lot"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>a\n b</p>", "a b"),
        ("no markup\n\n\n\nat all", "no markup\n\nat all"),
        ("<style>p{}</style><svg><text>no</text></svg>yes", "yes"),
        ("", ""),
    ],
)
def test_html_to_text(markup, text):
    assert html_to_text(markup) == text


def test_unescaping_happens_once_only():
    assert html_to_text("&lt;p&gt;&amp;lt;script&amp;gt; is a tag&lt;/p&gt;") == "<script> is a tag"


def test_what_cannot_be_stored_or_seen_is_removed():
    assert clean("a\0b\x1bc\ud800d\u202ee\u200bf\U000e0041g") == "abcdefg"
    assert clean("e\u0301") == "é"
    assert clean("a\u00a0 b\r\nc\t\td") == "a b\nc d"
    clean("\ud83d\ude00").encode("utf-8")


def test_a_title_is_one_line():
    assert one_line("  <b>A</b>\n\n title &amp; more ") == "A title & more"
    assert len(one_line("x" * 10_000)) == 500


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<b><p>" * 100_000,
        "<b></i>" * 100_000,
        "<" * 1_000_000,
        "<a " * 300_000,
        "&lt;" * 400_000,
        "< " * 500_000,
        "<" + " " * 1_000_000,
        "&lt;" + " " * 1_000_000,
        "<table><td>" * 50_000,
        "<![CDATA[" * 100_000,
    ],
)
def test_no_markup_takes_long(markup):
    start = time.monotonic()
    html_to_text(markup)
    assert time.monotonic() - start < 3
