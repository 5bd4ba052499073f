"""Ratings as rows: what a file or a frame holds, once every cell is read, whatever kind of file or frame it was.

Whoever reads one codes its cells, a column at a time; `parse_table` says what the cells mean and what is wrong with
them. Codes and numbers are objects with the buffer protocol (`array.array`, Arrow buffers), so that neither reader nor
scoring needs the other; `numpy.frombuffer` takes them as they are, without a copy.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress, islice
from math import isfinite, nan
from sys import byteorder
from typing import Any, Literal
from unicodedata import normalize

from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import Wanted
from hiringkit.domain.finding import MOST, Finding, FindingList, Location, Severity, in_order, shown
from hiringkit.domain.interview import Mark
from hiringkit.text.clean import bare_formula, clean_line, clean_text
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest
from hiringkit.text.typed import typed_plainly

REQUIRED = ("candidate", "interviewer", "question", "rating")
EXPORTED = ("candidate_name", "interviewer_name", "interview", "submitted_at", "recommendation", "reason")
"""What an export says besides; scoring does not look at it."""
OPTIONAL = ("criterion", "opening", "evidence", "rated_at", "after_seeing", "weight", *EXPORTED)
COLUMNS = Wanted(REQUIRED, OPTIONAL, exactly=EXPORTED)
FLAGS = ("after_seeing",)
"""Those that say yes or no."""

Cell = tuple[int, str]
"""A row, from 0, and a column's name."""
Locate = Callable[[Sequence[Cell]], Mapping[Cell, Location]]
"""Finds cells in a file."""


@frozen(eq=False)
class Coded:
    """A column of words, each given once in `labels`."""

    codes: Any
    """n int32 positions in `labels`, with the buffer protocol (`array('i')`)."""
    labels: Sequence[str]
    """Distinct, cleaned of everything that a terminal would obey, in order of first appearance."""


@frozen(eq=False)
class RatingTable:
    """n rows, one rating each; a row with an empty rating is counted in `absent` and not among them."""

    source: str
    """The file as the user named it."""
    candidate: Coded
    interviewer: Coded
    question: Coded
    value: Any
    """n float64 (`array('d')`): the rating, NaN where `status` is not 0."""
    status: Any
    """n int8 (`array('b')`): 0 a number, 1 not-assessed, 2 no-evidence."""
    line: Any
    """n int64 (`array('q')`), or a range: the line in the file, from 1; the row number where there are no lines."""
    absent: int = 0
    """Rows whose rating was empty."""
    weight: Any = None
    """n float64, positive; None where the file has no such column."""
    criterion: Coded | None = None
    opening: Coded | None = None
    evidence: Sequence[str] | None = None
    rated_at: Sequence[str] | None = None
    after_seeing: Any = None
    """n int8: 1 where others' ratings had been seen; None where that is said of no row."""

    def __len__(self) -> int:
        return len(self.value)


class Coder:
    """Turns cells into codes, one after the other."""

    def __init__(self) -> None:
        self._codes = array("i")
        self._known: dict[str, int] = {}

    def add(self, cell: str) -> None:
        """Take the next cell."""
        self._codes.append(self._known.setdefault(cell, len(self._known)))

    def column(self) -> Coded:
        """Return all cells so far."""
        return Coded(self._codes, list(self._known))


def rows_with(column: Coded, wanted: Callable[[int], bool]) -> list[int]:
    """Return the rows whose code is wanted, ascending."""
    flags = [wanted(code) for code in range(len(column.labels))]
    if not any(flags):
        return []
    return list(compress(range(len(column.codes)), map(flags.__getitem__, column.codes)))


def first_rows(codes: Iterable[int], wanted: set[int]) -> dict[int, int]:
    """Return the first row of each wanted code."""
    found: dict[int, int] = {}
    for row, code in enumerate(codes):
        if len(found) == len(wanted):
            break
        if code in wanted:
            found.setdefault(code, row)
    return found


NUMBER, NOT_ASSESSED, NO_EVIDENCE, ABSENT = 0, 1, 2, 3
MARK_STATUS = {Mark.NOT_ASSESSED.value: NOT_ASSESSED, Mark.NO_EVIDENCE.value: NO_EVIDENCE}
"""What stands in the place of a number, and its status."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
WEIGHT_UNKNOWN = Sentence("weight {shown} is not a number")
WEIGHT_NOT_POSITIVE = Sentence("weight {shown} is not positive")
FLAG_UNKNOWN = Sentence("{shown} is neither yes nor no")
_YES, _NO = {"yes", "y", "true", "1", "是"}, {"", "no", "n", "false", "0", "否"}
NOT_FINITE = {
    "rating": Sentence("rating {shown} is not a finite number"),
    "weight": Sentence("weight {shown} is not a finite number"),
}
_NOTHING = {"na", "null", "none", "nil", "missing", "(blank)", "空", "无", "缺失"}
_WORDS = {
    Mark.NOT_ASSESSED: (
        "n/a",
        "#n/a",
        "not assessed",
        "not asked",
        "did not ask",
        "not rated",
        "no decision",
        "not applicable",
    ),
    Mark.NO_EVIDENCE: ("no evidence", "nothing shown"),
}
_CHINESE_WORDS = {
    Mark.NOT_ASSESSED: ("未评", "未评分", "未提问", "没有问", "未考察", "不适用"),
    Mark.NO_EVIDENCE: ("无证据", "没有证据", "无依据"),
}
_MARK_WORDS = {word: mark for words in (_WORDS, _CHINESE_WORDS) for mark, each in words.items() for word in each}
"""Words that mean one of the marks, in lower case, words separated by single blanks."""
_BREAKS = re.compile(r"[\s_-]+")
MAP_HINT = Sentence("--map FILE says what each word means as a level")
READ_AS = Sentence("{shown} is read as {meaning}")
READ_AS_ABSENT = Sentence("{shown} is read as an empty cell: not yet rated")


@frozen
class CellProblem:
    """What is wrong with a cell."""

    code: Code
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def at(self, column: str, place: Location) -> Finding:
        """Return the finding that this is in a file."""
        return Finding(self.code, self.message, self.severity, self.hint, path=column, location=place)


EMPTY_ROW = CellProblem(Code.EMPTY_ROW, "nothing is filled in, the row is left out", severity=Severity.WARNING)


@frozen
class ParsedRating:
    """A rating cell that makes sense."""

    status: int
    """NUMBER, NOT_ASSESSED, NO_EVIDENCE or ABSENT."""
    value: float = nan
    """The number; not a number where it is none."""
    remark: CellProblem | None = None
    """What has to be said of how it was read."""


def same_person(label: str) -> str:
    """Return what two spellings of one person share: ids in letters are told apart by more than case and blanks.

    A single word with a digit in it is taken as it is, because programs make such ids that differ in case only.
    """
    words = label.casefold().split()
    return label if len(words) == 1 and any(map(str.isdigit, label)) else " ".join(words)


_PLAIN = re.compile(r"(?:(?!')[!-/:-~]*[0-9][!-~]*\n)*")


def are_plain(labels: Sequence[str]) -> bool:
    """Return whether labels are ids as programs make them, all different: `parse_id` and `same_person` change none.

    That is a digit in each, and no blank, no letter beyond ASCII and no apostrophe in front. All are looked at as one
    text: one by one would take as long as everything else that is done with a large file.
    """
    text = "\n".join(labels) + "\n"
    whole = text.isascii() and text.count("\n") == len(labels) and _PLAIN.fullmatch(text) is not None
    return whole and len(set(labels)) == len(labels)


def parse_id(cell: str) -> str | CellProblem:
    """Return an id on one line, harmless, in the one form (NFC) that equal-looking ids share."""
    return tidy_label(cell) or CellProblem(Code.EMPTY_ID, "the cell is empty, expected an id")


def tidy_label(cell: str) -> str:
    """Return a label as `parse_id` does, an empty one too."""
    return normalize("NFC", clean_line(bare_formula(cell)))


def tidy_text(cell: str) -> str:
    """Return a text of several lines, harmless."""
    return clean_text(bare_formula(cell))


def parse_rating(cell: str) -> ParsedRating | CellProblem:
    """Read a number, `not-assessed`, `no-evidence` or nothing, or one of the words that mean those marks."""
    text = cell.strip()
    if not text:
        return ParsedRating(ABSENT)
    if text in MARK_STATUS:
        return ParsedRating(MARK_STATUS[text])
    number = _parse_number(text)
    if number is not None:
        return ParsedRating(NUMBER, number) if isfinite(number) else _not_finite(Code.RATING_NOT_FINITE, "rating", text)
    if (read := read_mark(text)) is not None:
        return read
    message = Sentence("rating {shown} is neither a number nor not-assessed nor no-evidence").format(shown=shown(text))
    return CellProblem(Code.RATING_UNKNOWN, message, _rating_hint(text))


def read_mark(text: str) -> ParsedRating | None:
    """Read a word that other programs and people write where nothing was rated; None where it is no such word."""
    word = _BREAKS.sub(" ", normalize("NFKC", text).casefold()).strip()
    if (mark := _MARK_WORDS.get(word)) is not None:
        remark = READ_AS.format(shown=shown(text), meaning=mark.value)
        return ParsedRating(MARK_STATUS[mark.value], remark=_remark(remark))
    if word in _NOTHING:
        return ParsedRating(ABSENT, remark=_remark(READ_AS_ABSENT.format(shown=shown(text))))
    return None


def _remark(message: str) -> CellProblem:
    return CellProblem(Code.RATING_WORD, message, severity=Severity.INFO)


def parse_weight(cell: str) -> float | CellProblem:
    """Read a positive number; nothing is 1."""
    text = cell.strip()
    if not text:
        return 1.0
    number = _parse_number(text)
    if number is None:
        return CellProblem(Code.WEIGHT_UNKNOWN, WEIGHT_UNKNOWN.format(shown=shown(text)), _number_hint(text))
    if not isfinite(number):
        return _not_finite(Code.WEIGHT_NOT_FINITE, "weight", text)
    if number <= 0:
        message = WEIGHT_NOT_POSITIVE.format(shown=shown(text))
        return CellProblem(Code.WEIGHT_NOT_POSITIVE, message, "leave the cell empty for 1")
    return number


def parse_flag(cell: str) -> bool | CellProblem:
    """Read yes or no, as programs write them; nothing is no."""
    text = cell.strip().lower()
    if text in _YES or text in _NO:
        return text in _YES
    return CellProblem(Code.FLAG_UNKNOWN, FLAG_UNKNOWN.format(shown=shown(cell.strip())), "leave the cell empty for no")


def _parse_number(text: str) -> float | None:
    plain = text if text.isascii() else typed_plainly(text)
    if _NUMBER.fullmatch(plain) or _NOT_FINITE.fullmatch(plain):
        return float(plain)
    return None


def _not_finite(code: Code, what: str, text: str) -> CellProblem:
    return CellProblem(code, NOT_FINITE[what].format(shown=shown(text)), "leave the cell empty for none")


def _rating_hint(text: str) -> str:
    near = nearest(re.sub(r"[\s_]+", "-", text.lower()), MARK_STATUS)
    return Sentence("did you mean {near!r}?").format(near=near) if near else _number_hint(text) or MAP_HINT


def _number_hint(text: str) -> str:
    """Suggest a number where one is written with a comma."""
    plain = normalize("NFKC", text).replace(",", ".")
    return Sentence("write {number}").format(number=plain) if _NUMBER.fullmatch(plain) else ""


FEW = 256
"""Different cells of a column whose code is one byte."""


def parse_table(
    columns: Mapping[str, Coded],
    line: Any,
    *,
    source: str,
    locate: Locate | None = None,
    findings: Sequence[Finding] = (),
) -> tuple[RatingTable, list[Finding]]:
    """Read the cells of n rows: all rows that mean something, and a finding for each that does not.

    Args:
        columns: Cells as they stand: the required columns, and those of the optional ones that there are.
        line: n int64 with the buffer protocol, or a range: the line of each row, or its number without lines.
        source: What the user calls it, for findings.
        locate: Finds the line and column of cells; without it a cell is where its row is.
        findings: What was found before the cells were read.

    Returns:
        The rows without those that mean nothing or have no rating, and all findings in the order of the source.
    """
    plain = {name for name in _IDS if are_plain(columns[name].labels)}
    meant: dict[str, Sequence[Any]] = {
        name: columns[name].labels if name in plain else [parse(label) for label in columns[name].labels]
        for name, parse in _PARSERS.items()
        if name in columns
    }
    for name in set(_PEOPLE) - plain:
        meant[name] = _one_spelling(meant[name])
    wrong = {
        name: [] if name in plain else rows_with(columns[name], partial(_is_problem, cells))
        for name, cells in meant.items()
    }
    unrated = rows_with(columns["rating"], partial(_is_absent, meant["rating"]))
    blank = set(wrong["candidate"]).intersection(wrong["interviewer"], wrong["question"], unrated)
    faulty = blank.union(*wrong.values())
    left_out = sorted(faulty.union(unrated))
    kept = {name: Coded(_kept(column.codes, left_out, "i"), column.labels) for name, column in columns.items()}
    ratings = [cell if isinstance(cell, ParsedRating) else ParsedRating(NUMBER) for cell in meant["rating"]]
    table = RatingTable(
        source=source,
        **{name: kept[name] if name in plain else _coded(kept[name], meant[name]) for name in _IDS},
        value=_map("d", [rating.value for rating in ratings], kept["rating"].codes),
        status=_map("b", [rating.status for rating in ratings], kept["rating"].codes),
        line=_kept(line, left_out, "q"),
        absent=sum(row not in faulty for row in unrated),
        weight=_weights(kept, meant),
        criterion=_optional_codes(kept, "criterion"),
        opening=_optional_codes(kept, "opening"),
        evidence=_texts(kept, "evidence"),
        rated_at=_texts(kept, "rated_at"),
        after_seeing=_flags(kept, meant),
    )
    places = locate or (lambda cells: {cell: Location(source, line[cell[0]]) for cell in cells})
    return table, in_order([*findings, *_cell_findings(columns, meant, wrong, blank, plain, places)])


def _one_spelling(cells: Sequence[Any]) -> list[Any]:
    """Give each person the spelling that comes first."""
    first: dict[str, str] = {}
    return [first.setdefault(same_person(cell), cell) if isinstance(cell, str) else cell for cell in cells]


def _kept(values: Any, left_out: Sequence[int], typecode: Literal["i", "q"]) -> Any:
    """Copy the stretches between the rows that are left out, which are few in most files."""
    if not left_out:
        return values
    view = memoryview(array(typecode, values) if isinstance(values, range) else values).cast("B")
    size = array(typecode).itemsize
    kept, start = bytearray(), 0
    for row in left_out:
        kept += view[start * size : row * size]
        start = row + 1
    kept += view[start * size :]
    return memoryview(kept).cast(typecode)


def _map(typecode: Literal["b", "d", "i"], meaning: Sequence[Any], codes: Any) -> Any:
    """Look the meaning of every code up: byte by byte where there are few, which is a hundred times as fast."""
    if len(meaning) > FEW and meaning.count(meaning[0]) == len(meaning):
        return array(typecode, [meaning[0]]) * len(codes)
    if len(meaning) > FEW:
        return array(typecode, map(meaning.__getitem__, codes))
    low = memoryview(codes).cast("B")[0 if byteorder == "little" else 3 :: 4].tobytes()
    size = array(typecode).itemsize
    words = array(typecode, [*meaning, *[meaning[0] if meaning else 0] * (FEW - len(meaning))]).tobytes()
    out = bytearray(len(low) * size)
    for place in range(size):
        out[place::size] = low.translate(words[place::size])
    return memoryview(out).cast(typecode)


def _coded(column: Coded, cells: Sequence[Any]) -> Coded:
    """Code a column by its cleaned labels; cells that are no label were not kept."""
    known: dict[str, int] = {}
    recoded = [known.setdefault(cell, len(known)) if isinstance(cell, str) else -1 for cell in cells]
    same = recoded == list(range(len(recoded)))
    return Coded(column.codes if same else _map("i", recoded, column.codes), list(known))


def _optional_codes(columns: Mapping[str, Coded], name: str) -> Coded | None:
    if name not in columns:
        return None
    labels = [tidy_label(label) for label in columns[name].labels]
    return _coded(columns[name], labels) if any(labels) else None


def _weights(columns: Mapping[str, Coded], parsed: Mapping[str, Sequence[Any]]) -> Any:
    if "weight" not in columns or not any(columns["weight"].labels):
        return None
    weights = [cell if isinstance(cell, float) else 1.0 for cell in parsed["weight"]]
    return _map("d", weights, columns["weight"].codes)


def _flags(columns: Mapping[str, Coded], parsed: Mapping[str, Sequence[Any]]) -> Any:
    if not any(cell is True for cell in parsed.get("after_seeing", ())):
        return None
    return _map("b", [int(cell is True) for cell in parsed["after_seeing"]], columns["after_seeing"].codes)


def _texts(columns: Mapping[str, Coded], name: str) -> list[str] | None:
    if name not in columns:
        return None
    texts = [tidy_text(label) for label in columns[name].labels]
    return list(map(texts.__getitem__, columns[name].codes)) if any(texts) else None


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "candidate": parse_id,
    "interviewer": parse_id,
    "question": parse_id,
    "rating": parse_rating,
    "weight": parse_weight,
    "after_seeing": parse_flag,
}
_PEOPLE = ("candidate", "interviewer")
_IDS = (*_PEOPLE, "question")


def _is_problem(cells: Sequence[Any], code: int) -> bool:
    return isinstance(cells[code], CellProblem)


def _is_absent(cells: Sequence[Any], code: int) -> bool:
    return isinstance(cells[code], ParsedRating) and cells[code].status == ABSENT


def _cell_findings(
    columns: Mapping[str, Coded],
    meant: Mapping[str, Sequence[Any]],
    wrong: Mapping[str, Sequence[int]],
    blank: Collection[int],
    plain: Collection[str],
    locate: Locate,
) -> list[Finding]:
    """Write out what is wrong with cells.

    Args:
        columns: The cells.
        meant: By column and code, what the cell means or its CellProblem.
        wrong: By column, the rows whose cell is a CellProblem.
        blank: Rows in which neither an id nor a rating is filled in.
        plain: Columns of ids of which none is taken as another.
        locate: Finds cells.
    """
    findings = FindingList()
    found: dict[Cell, CellProblem] = {}
    for name, rows in wrong.items():
        told = [row for row in rows if row not in blank]
        found.update(_first_problems(name, [(row, meant[name][columns[name].codes[row]]) for row in told], findings))
    remarks = {
        (row, "rating"): problem
        for code, problem in _remarks(meant["rating"])
        for row in first_rows(columns["rating"].codes, {code}).values()
    }
    merged = {
        cell: problem
        for name in _IDS
        if name not in plain
        for cell, problem in _merged(columns[name], name, meant[name])
    }
    findings.count_more(Code.EMPTY_ROW, max(len(blank) - MOST, 0))
    blanks = {(row, "candidate"): EMPTY_ROW for row in sorted(blank)[:MOST]}
    cells = [*found, *merged, *blanks, *remarks]
    places = locate(cells) if cells else {}
    for kind in (found, merged, blanks, remarks):
        findings.extend(problem.at(cell[1], places[cell]) for cell, problem in kind.items())
    return findings.in_order()


def _remarks(meant: Sequence[Any]) -> Iterator[tuple[int, CellProblem]]:
    """Find the codes of words of which it has to be said how they were read."""
    read = ((code, cell.remark) for code, cell in enumerate(meant) if isinstance(cell, ParsedRating))
    return islice(((code, remark) for code, remark in read if remark), MOST)


def _first_problems(
    name: str, problems: Iterable[tuple[int, CellProblem]], findings: FindingList
) -> Iterator[tuple[Cell, CellProblem]]:
    """Iterate over a column's first problems of each code; only count the others."""
    seen: Counter[Code] = Counter()
    for row, problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= MOST:
            yield (row, name), problem
    for code, n in seen.items():
        findings.count_more(code, max(n - MOST, 0))


def _merged(column: Coded, name: str, meant: Sequence[Any]) -> Iterator[tuple[Cell, CellProblem]]:
    """Find ids that differ in nothing that anybody sees or minds, and that are therefore taken as one."""
    first: dict[str, int] = {}
    same: dict[int, int] = {}
    for code, identity in enumerate(meant):
        if isinstance(identity, str) and first.setdefault(identity, code) != code:
            same[code] = first[identity]
    few = dict(list(same.items())[:MOST])
    rows = first_rows(column.codes, set(few)) if few else {}
    for code, earlier in few.items():
        message = Sentence("{shown} and {shown2} are taken as one").format(
            shown=shown(column.labels[code]), shown2=shown(column.labels[earlier])
        )
        yield (rows[code], name), CellProblem(Code.IDS_MERGED, message, severity=Severity.WARNING)
