"""Tables: rows that read like entries become items, any other table is one document."""

import pytest

HEADER = "Title;Company;Location;Salary;URL;Description\r\n"
ROWS = f'{HEADER}Smith;Anvil;Graz;45.000-50.000 EUR;https://a.example/1;"Forge;\nweld"\r\n'


@pytest.mark.parametrize(
    "body",
    [
        ROWS.encode(),
        b"\xef\xbb\xbf" + ROWS.encode(),
        ROWS.replace("Forge", "Über").encode("cp1252"),
        ROWS.replace(";\nweld", "\nweld").replace(";", "\t").encode(),
        ROWS.replace(";", "|").encode(),
        ROWS.encode("utf-16"),
    ],
    ids=["semicolon", "mark", "cp1252", "tab", "bar", "utf-16"],
)
def test_rows_are_postings_whatever_the_dialect(body, read):
    parsed = read("jobs.csv", body)
    (item,) = parsed.items
    assert (parsed.shape, item.title, item.kind, item.url) == (
        "table",
        "Smith",
        "posting",
        "https://a.example/1",
    )
    assert item.facts["company"] == "Anvil"
    assert item.text.endswith("weld")


def test_the_header_is_understood_by_convention(read):
    header = "course_id,Name,Summary,Provider,Duration,Price,Currency\n"
    body = header + "F1,Forging,Iron from scratch,Anvil,20 hours,99,EUR\n"
    (item,) = read("courses.csv", body).items
    assert (item.external_id, item.kind, item.facts["provider"]) == ("F1", "course", "Anvil")


def test_a_formula_is_text_like_any_other(read):
    body = 'title,description,url\n"=HYPERLINK(""http://e"")","=1+1","=cmd|\'/c calc\'!A0"\n'
    (item,) = read("a.csv", body).items
    assert (item.title, item.text, item.url) == ('=HYPERLINK("http://e")', "=1+1", "")


def test_ragged_rows_are_read_and_said(read):
    parsed = read("a.csv", "title,description\nOne,a\nTwo\nThree,c,d\n\n")
    assert [item.title for item in parsed.items] == ["One", "Two", "Three"]
    assert parsed.problems[0].reason == "2 rows have more or fewer cells than the header."


@pytest.mark.parametrize("body", ["skill,trend\nRust,34\n", "just one line", "title\nx\n"])
def test_a_table_of_something_else_is_one_document(body, read):
    parsed = read("trend.csv", body)
    assert [item.external_id for item in parsed.items] == ["trend.csv"]


def test_a_cell_without_an_end_is_said(read):
    parsed = read("a.csv", 'title,description\nOne,a\nTwo,"' + "x" * 200_000)
    assert [item.title for item in parsed.items] == ["One"]
    assert "breaks off" in parsed.problems[0].reason


def test_a_header_without_rows_is_a_reason(read):
    assert "no rows" in read("a.csv", "title,description\n").problems[0].reason
