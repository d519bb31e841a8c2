"""The files of a release: found by name, opened whatever their packing, read row by row within bounds."""

import csv
import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from careerforge.skills.importing.rows import Problems, Unusable

if TYPE_CHECKING:
    from _csv import Reader

# No file of a release is near so large; a bomb of zeros is soon beyond it.
MOST_BYTES = 1_000_000_000
LONGEST_FIELD = 1_000_000
# Letters of one row, however many lines it has.
LONGEST_ROW = 2_000_000
ARCHIVES = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a compressed archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a compressed archive",
    b"\xfd7zXZ": "a compressed archive",
}


class TooLarge(Exception):
    """A file, or a row of it, is beyond all bounds; the text says it for people."""


class Lines:
    """Lines of a file, read no further than the bounds of a row and of the whole. Letters, not bytes.

    Attributes:
        row: letters of the row so far; whoever asks for a row sets it back.
    """

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._total = self.row = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_ROW + 1)
        if not line:
            raise StopIteration
        self.row += len(line)
        self._total += len(line)
        if self.row > LONGEST_ROW:
            raise TooLarge(f"is longer than {LONGEST_ROW:,} letters; the rest of the file is left out.")
        if self._total > MOST_BYTES:
            raise TooLarge("is larger than any release; the rest is left out.")
        return line


@dataclass(frozen=True)
class Table:
    """A file of rows. ``quoted``: as CSV has it; else a tab parts fields and nothing is quoted."""

    path: Path
    quoted: bool

    @property
    def name(self) -> str:
        return self.path.name


def folder(path: Path) -> Path:
    """The folder to import.

    Raises:
        Unusable: it is not there, not readable, an archive or a single file.
    """
    if not path.exists():
        raise Unusable(f"There is nothing at {path}.")
    if path.is_file():
        kind = archive(path)
        if kind:
            raise Unusable(f"{path.name} is {kind}. Unpack it, and give the folder with its files.")
        raise Unusable(f"{path.name} is a single file. Give the folder that holds the release's files.")
    return path


def archive(path: Path) -> str:
    """What kind of archive a file is, by its first bytes; "" for none."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as problem:
        raise Unusable(f"{path.name} cannot be read: {problem.strerror}.") from None
    return next((kind for mark, kind in ARCHIVES.items() if start.startswith(mark)), "")


def names(path: Path) -> dict[str, Path]:
    """The files of a folder by name, smallest letters, without ".gz"."""
    try:
        found = sorted(each for each in path.iterdir() if each.is_file())
    except OSError as problem:
        raise Unusable(f"{path} cannot be read: {problem.strerror}.") from None
    return {each.name.lower().removesuffix(".gz"): each for each in found}


def read(
    table: Table, problems: Problems, *, may_be_short: bool = False
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Rows with the line each starts in; bad ones are noted and left out.

    Column names are in small letters. A file that cannot be read at all is noted as such.

    Args:
        may_be_short: the publisher leaves out empty fields at a row's end.
    """
    try:
        with _opened(table.path) as lines:
            yield from _rows(table, Lines(lines), problems, may_be_short)
    except (OSError, EOFError, zlib.error) as problem:
        problems.note(table.name, 0, f"cannot be read to its end: {problem}.")


def columns(table: Table) -> set[str]:
    """The names of the columns, in small letters; none for what is no such file."""
    try:
        with _opened(table.path) as lines:
            return {each.strip().lower() for each in next(_reader(table, Lines(lines)), [])}
    except (OSError, EOFError, zlib.error, csv.Error, TooLarge):
        return set()


def _opened(path: Path) -> IO[str]:
    """Text of a file: UTF-8 with or without its mark; bytes that are none become lone surrogates."""
    open_ = gzip.open if path.suffix.lower() == ".gz" else open
    opened: IO[str] = open_(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")
    return opened


def _reader(table: Table, lines: Lines) -> "Reader":
    csv.field_size_limit(LONGEST_FIELD)
    if table.quoted:
        return csv.reader(lines)
    return csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _rows(
    table: Table, lines: Lines, problems: Problems, may_be_short: bool
) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = _reader(table, lines)
    heads: list[str] | None = None
    while True:
        line, lines.row = reader.line_num + 1, 0
        try:
            fields = next(reader, None)
        except csv.Error as problem:
            problems.note(table.name, line, f"is not as a table should be: {problem}.")
            if heads is None:
                return
            continue
        except TooLarge as problem:
            problems.note(table.name, line, str(problem))
            return
        if fields is None:
            return
        if heads is None:
            heads = [each.strip().lower() for each in fields]
            continue
        if may_be_short:
            fields += [""] * (len(heads) - len(fields))
        if reason := _unfit(fields, heads):
            problems.note(table.name, line, reason)
        elif fields:
            yield line, dict(zip(heads, fields, strict=True))


def _unfit(fields: list[str], heads: list[str]) -> str:
    """Why a row is left out; "" when it is fine or empty."""
    if fields and len(fields) != len(heads):
        return f"has {len(fields)} fields in place of {len(heads)}."
    text = "".join(fields)
    if "\0" in text:
        return "holds a zero byte."
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        return "is not written in UTF-8."
    return ""
