import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture(autouse=True)
def without_weights(settings):
    """The hashing embedder, wherever the tests run."""
    settings.EMBEDDER_FOLDER = None


def evaluate(*arguments):
    out = StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out)
    return json.loads(out.getvalue())


def lines(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def titles(tmp_path):
    corpus = ("Truck driver", "Lorry driver", "Registered nurse", "Night nurse", "Accountant")
    lines(
        tmp_path / "corpus.jsonl", *({"_id": f"c{n}", "title": "", "text": t} for n, t in enumerate(corpus))
    )
    lines(tmp_path / "queries.jsonl", {"_id": "q0", "text": "Driver (m/f)"}, {"_id": "q1", "text": "RN"})
    (tmp_path / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq0\tc0\t1\nq0\tc1\t1\nq1\tc2\t1\n", "utf-8"
    )
    return tmp_path


def test_titles_are_ranked_and_counted(titles):
    found = evaluate("titles", titles)
    assert (found["map"], found["ndcg@10"], found["mrr"]) == (1, 1, 1)
    assert (found["n"], found["corpus"], found["embedder"]) == (2, 5, "hashing-384")


def test_a_title_does_not_find_itself(titles):
    lines(titles / "queries.jsonl", {"_id": "c0", "text": "Truck driver"})
    (titles / "qrels.tsv").write_text("c0\tc1\t1\n", "utf-8")
    assert evaluate("titles", titles)["map"] == 1


def test_a_missing_file_is_named(titles):
    (titles / "qrels.tsv").unlink()
    with pytest.raises(CommandError, match=r"qrels\.tsv"):
        evaluate("titles", titles)


@pytest.fixture
def postings(tmp_path):
    return lines(
        tmp_path / "skills.jsonl",
        {"text": "Experience with Kafka and Terraform", "skills": ["Kafka", "Terraform"]},
        {"text": "No Kafka needed, only SQL", "skills": ["SQL"]},
        {"text": "Nothing is asked for here, just come along", "skills": []},
    )


def test_extraction_is_counted_over_all_texts(postings):
    found = evaluate("skills", postings)
    assert (found["precision"], found["recall"], found["f1"]) == (1, 1, 1)
    assert (found["n"], found["skills"]) == (3, 3)


def test_with_labels_each_text_ranks_them_all(postings, tmp_path):
    labels = tmp_path / "labels.txt"
    labels.write_text(
        "sql\nkafka\nterraform\ncook meals\ndrive trucks\nsing\ndance\nplay the piano\n", "utf-8"
    )
    found = evaluate("skills", postings, "--labels", labels)
    assert (found["rp@5"], found["rp@10"], found["n"], found["left_out"]) == (1, 1, 2, 1)
    assert found["labels"] == 8


def test_a_line_that_is_no_example_is_an_error(tmp_path):
    with pytest.raises(CommandError):
        evaluate("skills", lines(tmp_path / "bad.jsonl", {"words": "x"}))


def test_names_alone_are_counted_beside(postings):
    found = evaluate("skills", postings)
    assert (found["names_precision"], found["names_recall"]) == (1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00\x01", "not UTF-8"),
        (b"[1, 2]\n", "line 1: an object"),
        (b'{"text": "Kafka", "skills": ["Kafka"]}\na;b\n', "line 2: no JSON"),
        (b'{"text": "Kafka"}\n', "line 1: “skills” is missing"),
        (b'{"text": "Kafka", "skills": "Kafka"}\n', "“skills” has to be a list"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(tmp_path, content, said):
    path = tmp_path / "wrong.jsonl"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        evaluate("skills", path)


@pytest.mark.parametrize(
    ("judgements", "said"),
    [
        ("q0\t1\n", "line 1: query-id, corpus-id and score"),
        ("query-id\tcorpus-id\tscore\nq0,c0,1\n", "line 2"),
        ("other\tc0\t1\n", "no judgement names"),
        ("q0\tgone\t1\n", "no judgement names"),
        ("q0\tc0\tnan\n", "no judgement names"),
    ],
)
def test_judgements_that_judge_nothing_are_refused(titles, judgements, said):
    (titles / "qrels.tsv").write_text(judgements, "utf-8")
    with pytest.raises(CommandError, match=said):
        evaluate("titles", titles)


def test_titles_of_another_script_are_ranked_too(titles):
    lines(titles / "corpus.jsonl", {"_id": "a", "text": "Водитель грузовика"}, {"_id": "b", "text": "会計士"})
    lines(titles / "queries.jsonl", {"_id": "q0", "text": "водитель"})
    (titles / "qrels.tsv").write_text("q0\ta\t1\n", "utf-8")
    assert evaluate("titles", titles)["map"] == 1
