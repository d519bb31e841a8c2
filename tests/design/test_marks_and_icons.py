import re
from pathlib import Path

import pytest

from tests.design.page import rendered

ROOT = Path(__file__).resolve().parents[2]
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/icons.svg").read_text()))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# {% icon "name" %}, and names handed to a partial as glyph or action_glyph
NAMED = re.compile(r"""{%\s*icon\s+"([^"]+)"|glyph="([^"]+)\"""")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_a_template_names_is_in_the_sprite(template):
    named = {a or b for a, b in NAMED.findall(template.read_text())}
    assert named <= SPRITE


def test_tabs_and_portals_have_icons_of_the_sprite():
    from careerforge.design.context import SHELLS

    named = {icon for icon, _template, _tabs in SHELLS.values()}
    named |= {tab.icon for _icon, _template, tabs in SHELLS.values() for tab in tabs}
    assert named <= SPRITE


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_an_inline_script_or_style(template):
    text = template.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|<script(?![^>]*\ssrc=)", text)


def test_an_icon_is_for_the_eye_only():
    page = rendered('{% icon "check" small=True css="acc" %}')
    assert page.startswith('<svg class="icon icon-sm acc" aria-hidden="true">')
    assert "icons.svg#check" in page


def test_a_handles_mark_is_always_the_same_and_its_own():
    assert rendered('{% ident "Quiet Heron 4172" %}') == rendered('{% ident "Quiet Heron 4172" %}')
    assert rendered('{% ident "Quiet Heron 4172" %}') != rendered('{% ident "Amber Quartz 1186" %}')


def test_a_mark_holds_nothing_of_the_handle():
    assert "Heron" not in rendered('{% ident "Quiet Heron 4172" %}')


def test_a_bar_says_its_value_or_leaves_that_to_the_words_beside_it():
    assert 'aria-label="16 of 28 h"' in rendered('{% bar 16 28 "16 of 28 h" %}')
    assert 'aria-hidden="true"' in rendered('{% bar 16 28 "" %}')


def test_a_citation_leads_to_its_source_below():
    assert rendered("{% cite 2 %}") == '<a class="cite" href="#s2" aria-label="Source 2">2</a>'
    assert 'href="#step-s2"' in rendered('{% cite 2 "step-s2" %}')


def test_words_of_people_are_escaped():
    assert "<b>" not in rendered("{% bar 1 2 label %}{% cite 1 label %}{% icon label %}", label='"><b>')
