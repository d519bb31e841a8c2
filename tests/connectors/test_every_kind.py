"""What holds for every kind of source, the next one included."""

import importlib
import json
from pathlib import Path

import pytest

from careerforge.http.errors import FetchError
from connectors.kinds import registry
from connectors.kinds.kind import Asked, Body
from tests.connectors.conftest import NOW

DATA = Path(__file__).parent / "data"
KINDS = [pytest.param(kind, id=kind.key) for kind in registry.all_kinds()]
# A place that the kind accepts.
PLACES = {"greenhouse": "acme", "lever": "acme", "ashby": "acme"}
ODD_PAY = {
    "jobs": [
        {
            "title": "a",
            "compensation": {"compensationTiers": [{"components": [{"compensationType": "Salary"}]}]},
        },
        {"title": "b", "pay_input_ranges": [{"min_cents": "x", "max_cents": None, "currency_type": 7}]},
    ]
}
BROKEN = '<script type=\'application/ld+json\'>{"@type": "JobPosting"</script>'
ODD = {
    "empty": b"",
    "zeros": bytes(500),
    "deep": b"[" * 20_000,
    "deep object": b'{"jobs":' * 20_000,
    "endless number": b'{"jobs": [{"id": 1e999, "title": NaN}]}',
    "twice": b'{"jobs": 1, "jobs": [{"title": "a", "title": "b"}]}',
    "null": b"null",
    "list of lists": b"[[[]], null, 7]",
    "jobs of anything": json.dumps({"jobs": [None, 7, "x", [], {}, {"title": {}}, {"title": [1]}]}).encode(),
    "postings of anything": json.dumps(
        [{"text": 1, "lists": [{"content": 7}], "createdAt": "x"}, 0]
    ).encode(),
    "odd pay": json.dumps(ODD_PAY).encode(),
    "surrogate": b'{"jobs": [{"id": "\\ud800", "title": "\\ud800 \\u0000 a"}]}',
    "a page": f"<html><head>{BROKEN}</head></html>".encode(),
}


def hostile() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(DATA.rglob("*")) if path.is_file()} | ODD


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", hostile())
def test_no_body_makes_a_kind_fall(kind, name):
    asked = Asked(PLACES.get(kind.key, "https://a.example/jobs"))
    body = Body(name, hostile()[name], None, place=f"https://a.example/{name}")
    parsed = kind.parse(asked, body, NOW)
    for item in parsed.items:
        assert item.title
        assert item.external_id
        assert "\0" not in f"{item.title}{item.text}{item.facts}".encode().decode()
    assert all(problem.reason.strip().endswith((".", ". ")) for problem in parsed.problems)


def examples(kind) -> list[Path]:
    folder = Path(importlib.import_module(f"connectors.kinds.{kind.key}").__file__).parent
    return [*sorted(folder.glob("example.*")), *sorted((folder / "examples").glob("*"))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_reads_its_own_examples_without_a_fault(kind):
    presets = {preset.key: preset.settings for preset in kind.presets}
    assert examples(kind)
    for path in examples(kind):
        where = f"https://a.example/{path.name}"
        asked = Asked(PLACES.get(kind.key, where), presets.get(path.stem, {}))
        parsed = kind.parse(asked, Body(where, path.read_bytes(), place=where), NOW)
        assert parsed.items, path
        assert parsed.problems == (), path
        assert parsed.shape in kind.shapes or not kind.shapes, path


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_explains_itself(kind):
    assert str(kind.label)
    assert len(str(kind.help)) > 20
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    assert all(str(field.label) for field in kind.fields)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_offers_is_without_a_fault(kind):
    usual = {field.name: field.default for field in kind.fields}
    assert list(kind.problems(usual)) == []
    for preset in kind.presets:
        assert preset.settings.keys() <= usual.keys()
        assert list(kind.problems(preset.settings)) == []
        assert preset.name


@pytest.mark.parametrize("kind", [one for one in registry.all_kinds() if one.is_remote])
def test_a_kind_refuses_a_place_in_words_or_takes_it(kind):
    for place in ("", "   ", "\0", "https://[broken", "ftp://a.example", "/etc/passwd", "x" * 2000):
        assert refusal(kind, place).endswith(".") or kind.hosts(Asked(place)) is not None


def refusal(kind, place: str) -> str:
    try:
        kind.check(place)
    except FetchError as error:
        return error.sentence
    return ""
