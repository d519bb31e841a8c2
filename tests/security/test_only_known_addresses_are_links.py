"""What a page can lead to, or fetch, comes from a row or a route of ours, never out of a text (69, 12).

A model's or a document's words reach a page as escaped text only. So it is enough to know every place where a
template puts a value into an address, and every place where a text is not escaped.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# A value at the start of an address can lead anywhere; behind "?", "#" or "/" it stays on our pages.
ADDRESSES = "href|src|srcset|action|formaction|data|poster|hx-[a-z]+"
LEADING = re.compile(rf'\b(?:{ADDRESSES})\s*=\s*"\s*\{{\{{\s*([^}}|]+?)\s*(?:\|[^}}]*)?\}}\}}')
# Of routes and of the person's own pages, made by views with reverse().
ROUTES = {
    "action_url", "aside_url", "attrs.action", "attrs.href", "back", "cite.url", "current_url", "help_url",
    "here", "job.next_url", "job.page_url", "job.status_url", "list", "login_url", "logout_url", "one.url",
    "password_url", "portal.url", "rate_url", "request.path", "result.url", "retry_url", "resource_url",
    "row.generation.pk", "search_url", "sent_url", "show_all_url", "tab.url", "way.url",
    "choice.query_string", "source.url",
}  # fmt: skip
# Of rows that people filled in or a connection brought: http and https only.
ROWS = {
    # knowledge.views._link, learning.catalogue.courses._link, URLField of a form.
    "link", "link.resource.url", "framework.licence_url",
    # policy.handover.Contact, from the company's own row.
    "contact.dials", "contact.writes", "contact.leads",
}  # fmt: skip
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|\burlizetrunc\b|\burlize\b|autoescape off|\bmarkdown\b")
# A constant out of the template itself.
CONSTANT = re.compile(r"'<[^'{]*>'\s*\|\s*safe\b")


def leading(template: Path) -> set[str]:
    return {found[1] for found in LEADING.finditer(template.read_text("utf-8"))}


def test_every_address_of_a_page_is_a_known_one() -> None:
    found = {(str(one.relative_to(ROOT)), name) for one in TEMPLATES for name in leading(one)}
    assert len(found) > 20
    assert sorted(pair for pair in found if pair[1] not in ROUTES | ROWS) == []


def test_a_new_address_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<a href="{{ sentence.link|safe }}">x</a><img src="{{ answer.image }}">')
    assert leading(page) == {"sentence.link", "answer.image"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: str(one.relative_to(ROOT)))
def test_no_text_goes_to_a_page_unescaped(template: Path) -> None:
    assert not UNESCAPED.search(CONSTANT.sub("", template.read_text("utf-8")))


def test_scripts_put_texts_in_as_texts() -> None:
    for script in (ROOT / "static").glob("*.js"):
        written = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", written), (
            script
        )
