"""Before anything is stored: the first three documents as they would be, and why others could not be used."""

import pytest

from tests.connectors.connections.pages import ADD, FORM, errors, words

RSS = """<rss version="2.0"><channel><title>f</title>{}</channel></rss>"""
ITEM = (
    """<item><title>{0}</title><guid isPermaLink="false">{0}</guid>{2}<description>{1}</description></item>"""
)


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


@pytest.fixture
def shown(browser, site):
    """The page with the first documents of a feed of these entries: title, text, further elements."""

    def go(*entries: tuple[str, str, str], **more: str) -> str:
        body = RSS.format("".join(ITEM.format(*entry) for entry in entries))
        site.says(body.encode(), "application/rss+xml")
        answer = browser.post(ADD, FORM | more | {"_test": "1"})
        assert answer.status_code == 200
        assert not errors(answer)
        return words(answer)

    return go


def test_title_date_kind_and_a_piece_of_the_text_are_shown(shown) -> None:
    date = "<pubDate>Tue, 03 Nov 2026 10:00:00 GMT</pubDate>"
    told = shown(("Iron ladder", "word " * 200, date), ("Two", "Short.", ""))
    assert "Iron ladder Article, 3 Nov 2026 word word" in told
    assert "word…" in told
    assert "Two Article, without a date Short." in told


def test_what_the_form_says_of_all_documents_is_shown(shown) -> None:
    assert "Two Posting, without a date" in shown(("Two", "Short.", ""), set_document_kind="posting")


def test_names_of_the_directory_are_masked(shown, cast) -> None:
    told = shown(("Ottilie Varnhagen speaks", "Meet Ottilie Varnhagen at noon.", ""))
    assert "Varnhagen" not in told
    assert "1 document could be read" in told


def test_a_name_is_not_shown_because_the_text_is_cut_in_it(shown, cast) -> None:
    assert "Ottilie" not in shown(("Talk", "a" * 284 + ". Ottilie Varnhagen", ""))


def test_what_could_not_be_used_is_told_with_its_reason(browser, site) -> None:
    site.json({"items": [{"title": "Good", "text": "A text."}, {"nothing": 1}]})
    told = words(browser.post(ADD, FORM | {"kind": "json", "_test": "1"}))
    assert "1 document could be read" in told
    assert "Could not be used:" in told


def test_markup_in_a_document_is_text(browser, site) -> None:
    site.json({"items": [{"title": "<b onclick=x>T</b>", "text": "<script>alert(1)</script> word"}]})
    answer = browser.post(ADD, FORM | {"kind": "json", "_test": "1"})
    assert "<script>alert" not in answer.text
    assert "<b onclick" not in answer.text


def test_the_secret_has_to_be_typed_again_and_the_page_says_so(browser, site) -> None:
    site.feed("Alpha")
    answer = browser.post(ADD, FORM | {"secret": "abcdef", "_test": "1"})
    assert "Type the secret again before you save" in words(answer)
    assert "abcdef" not in answer.text


def test_with_an_error_nobody_is_asked(browser, site) -> None:
    site.feed("Alpha")
    browser.post(ADD, FORM | {"name": "", "_test": "1"})
    assert site.heads == []
