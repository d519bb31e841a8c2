import gzip
import json
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from careerforge.skills.importing import case, esco, files, onet
from careerforge.skills.importing.rows import Problems, Unusable
from careerforge.skills.importing.taking import take
from careerforge.skills.models import Concept, Framework
from tests.skills.importing import publishers
from tests.skills.importing.publishers import BAKER, OCCUPATIONS

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def test_bad_rows_are_named_and_the_rest_goes_in(company, tmp_path) -> None:
    publishers.onet(tmp_path)
    path = tmp_path / "Occupation Data.txt"
    with path.open("ab") as file:
        file.write(b"51-0003.00\tWeavers\n51-0001.00\tBakers again\t\n\t\t\n51-0004.00\t\t\n")
        file.write(b"51-0005.00\tSmiths \xff\t\n51-0006.00\tTanners\tTan hides.\n")
    taken = take(onet.read(tmp_path), NOW)

    assert set(taken.problems) == {
        "Occupation Data.txt, line 4: has 2 fields in place of 3.",
        "Occupation Data.txt, line 5: has the identifier of one before it.",
        "Occupation Data.txt, line 6: has no identifier.",
        "Occupation Data.txt, line 7: has no name.",
        "Occupation Data.txt, line 8: is not written in UTF-8.",
    }
    occupations = Concept.objects.filter(kind="occupation").values_list("name", flat=True)
    assert set(occupations) == {"Bakers", "Potters", "Tanners"}


def test_lines_of_quoted_texts_are_counted(company, tmp_path) -> None:
    publishers.write(
        tmp_path,
        "occupations_en.csv",
        f'{OCCUPATIONS}Occupation,{BAKER},1,baker,"one\ntwo\nthree",,released,,1\nOccupation,,1,nobody,,,,,\n',
    )
    taken = take(esco.read(tmp_path), NOW)
    assert "occupations_en.csv, line 5: has no identifier." in taken.problems


def test_missing_tables_are_named(company, tmp_path) -> None:
    publishers.onet(tmp_path)
    (tmp_path / "Skills.txt").unlink()
    taken = take(onet.read(tmp_path), NOW)
    assert taken.missing == ("“Skills” is missing: occupations ask for no skills.",)
    assert Concept.objects.filter(name="Chemistry").exists()


def test_a_damaged_file_ends_where_it_is_damaged(company, tmp_path) -> None:
    publishers.onet(tmp_path, ours=True)
    whole = (tmp_path / "Alternate_Titles.tsv.gz").read_bytes()
    (tmp_path / "Alternate_Titles.tsv.gz").write_bytes(whole[: len(whole) // 2])
    taken = take(onet.read(tmp_path), NOW)
    assert any("Alternate_Titles.tsv.gz: cannot be read to its end" in each for each in taken.problems)
    assert Concept.objects.filter(kind="occupation").count() == 2


def test_a_bomb_of_one_line_is_read_within_bounds_and_the_other_files_go_in(company, tmp_path) -> None:
    publishers.onet(tmp_path, ours=True)
    bomb = tmp_path / "Alternate_Titles.tsv.gz"
    heads = gzip.decompress(bomb.read_bytes()).split(b"\n")[0] + b"\n"
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        file.write(heads)
        for _ in range(60):
            file.write(b"a" * 1_000_000)
    tracemalloc.start()
    taken = take(onet.read(tmp_path), NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told = (
        "Alternate_Titles.tsv.gz, line 2: is longer than 2,000,000 letters; the rest of the file is left out."
    )
    assert told in taken.problems
    assert peak < 30_000_000
    assert Concept.objects.filter(kind="occupation").count() == 2


@pytest.mark.parametrize("heads", [True, False])
def test_a_row_that_never_ends_is_read_within_bounds(tmp_path, monkeypatch, heads) -> None:
    monkeypatch.setattr(files, "LONGEST_ROW", 1_000)
    text = ("a,b\nc,d\n" if heads else "") + '"x\n",' * 1_000
    table = files.Table(publishers.write(tmp_path, "one.csv", text), quoted=True)
    problems = Problems()
    assert [row for _, row in files.read(table, problems)] == ([{"a": "c", "b": "d"}] if heads else [])
    (told,) = problems.sentences()
    assert "is longer than 1,000 letters" in told
    assert files.columns(table) == ({"a", "b"} if heads else set())


def test_a_file_beyond_all_bounds_ends_there(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 20)
    table = files.Table(publishers.write(tmp_path, "one.csv", "a,b\n" + "c,d\n" * 10), quoted=True)
    problems = Problems()
    assert len(list(files.read(table, problems))) == 4
    assert list(problems.sentences()) == [
        "one.csv, line 6: is larger than any release; the rest is left out."
    ]


def test_a_release_has_a_short_name(company, tmp_path) -> None:
    publishers.onet(tmp_path)
    with pytest.raises(Unusable, match="longer than 80 letters"):
        take(onet.read(tmp_path, "9" * 81), NOW)


def test_wrong_paths_and_formats(tmp_path) -> None:
    archive = tmp_path / "db.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("Occupation Data.txt", "x")
    page = publishers.write(tmp_path / "page", "occupations_en.csv", "<html><body>Not found</body></html>")
    single = publishers.write(tmp_path, "one.csv", "a,b\n")
    for read, path, words in (
        (onet.read, tmp_path / "nowhere", "There is nothing at"),
        (onet.read, archive, "is a ZIP archive. Unpack it"),
        (esco.read, archive, "is a ZIP archive. Unpack it"),
        (esco.read, single, "is a single file"),
        (onet.read, page.parent, "is no folder of O*NET's text files"),
        (esco.read, page.parent, "no table of ESCO's concepts"),
    ):
        with pytest.raises(Unusable) as refused:
            read(path)
        assert words in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{not json",
        '{"CFDocument": [], "CFItems": []}',
        '{"CFDocument": {}, "CFItems": []}',
        "[" * 100_000,
        '{"CFDocument": {"identifier": "x"}}',
    ],
)
def test_what_is_no_package(tmp_path, text) -> None:
    path = publishers.write(tmp_path, "package.json", text)
    with pytest.raises(Unusable):
        case.read(path, today=date(2026, 11, 1))


def test_a_package_with_odd_parts(company, tmp_path) -> None:
    package = {
        "CFDocument": {"identifier": "x", "title": 7},
        "CFItems": [3, {"identifier": 4}, {"identifier": "i", "fullStatement": "A\u0000b", "language": None}],
        "CFAssociations": [None, {"originNodeURI": "i", "associationType": {}}],
        "CFDefinitions": 5,
    }
    path = publishers.write(tmp_path, "package.json", json.dumps(package))
    taken = take(case.read(path, today=date(2026, 11, 1)), NOW)
    assert len(taken.problems) == 3
    assert Concept.objects.get().name == "A?b"


def test_the_command_says_what_is_wrong_and_changes_nothing(company, tmp_path) -> None:
    for kind in ("onet", "esco", "case"):
        with pytest.raises(CommandError):
            call_command("import_taxonomy", kind, str(tmp_path / "nowhere"))
    publishers.write(tmp_path, "occupations_en.csv", OCCUPATIONS)
    with pytest.raises(CommandError):
        call_command("import_taxonomy", "esco", str(tmp_path))
    assert not Framework.objects.exists()


def test_the_company_is_named_where_there_are_several(company, other_company, tmp_path) -> None:
    publishers.esco(tmp_path)
    with pytest.raises(CommandError, match="more than one company"):
        call_command("import_taxonomy", "esco", str(tmp_path))
    call_command("import_taxonomy", "esco", str(tmp_path), company=company.name)
    assert Framework.objects.get().key == "esco"


def test_the_command_tells_figures_licence_and_time(company, tmp_path, capsys) -> None:
    publishers.onet(tmp_path)
    call_command("import_taxonomy", "onet", str(tmp_path), release="29.3")
    said = capsys.readouterr().out
    assert "O*NET 29.3: 6 concepts, 10 names in en, 6 relations." in said
    assert "O*NET 29.3 Database by the U.S. Department of Labor" in said
    assert "MB of memory" in said
