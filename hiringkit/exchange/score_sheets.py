"""Sheets of ratings in whatever shape people keep them: a rating a row, a column a criterion, a column a rater."""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import BinaryIO

from attrs import evolve, field, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import (
    NO_SYNONYMS,
    SYNONYMS,
    Header,
    Synonyms,
    Wanted,
    check_header,
    extended,
    fold_column,
    no_rows,
)
from hiringkit.domain.finding import Finding, FindingList, Location, Severity, has_errors, shown
from hiringkit.domain.import_map import MAP_COLUMNS, ImportMap, fold_word
from hiringkit.domain.imported import ImportedPerson, ImportedRating, ImportedScorecard
from hiringkit.domain.people import whole_name
from hiringkit.domain.rating_table import Coder, RatingTable, parse_table, read_mark, same_person, tidy_label, tidy_text
from hiringkit.exchange.text_files import (
    BrokenRows,
    FileRow,
    FileRows,
    open_rows,
    read_bytes,
    wrong_length,
)
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import parse_moment, zone

SOURCE = "sheet"
"""The kind of source that these are."""
_PEOPLE = ("candidate", "first_name", "last_name", "email", "interviewer", "interviewer_email")
_SYNONYMS = extended(
    {
        "candidate": ("subject", "person", "id", "ratee", "candidate id"),
        "interviewer": ("interviewer id",),
        "interviewer_email": ("rater email", "面试官邮箱"),
        "question": ("criterion", *SYNONYMS["criterion"]),
        "recommendation": ("overall recommendation", "hire recommendation", "录用建议", "推荐意见"),
        "notes": ("overall notes", "summary", "总评"),
        "submitted_at": ("rated at", *SYNONYMS["rated_at"]),
        "scorecard": ("scorecard id",),
    }
)
TWO_RECOMMENDATIONS = Sentence("one scorecard recommends {one} in one row and {other} in another")
LONG = Wanted(("candidate", "interviewer", "question", "rating"), MAP_COLUMNS, synonyms=_SYNONYMS)
"""A rating a row."""
_MOST_WORDS = 15
"""Different cells that a column of ratings has at most."""
_LONGEST_WORD = 40
_NUMBER = re.compile(r"-?\d+([.,]\d+)?(/\d+)?")
_NUMBERED = re.compile(
    r"(?:level|lvl|score)?\s*\d{1,3}(?:[.,]\d+)?(?:\s*(?:/|of|out of)\s*\d{1,3})?\s*[级分]?(?:\s*[-–—:：.(（]\s*\D.*)?",
    re.IGNORECASE,
)
"""A level with what it is called, such as `3 - meets`."""
_OVERALL = frozenset(
    map(fold_column, ("overall", "decision", "verdict", "hire", "recommend", "结论", "总体意见", "建议", "是否录用"))
)
"""What a column of recommendations is also called, where it holds words; with numbers it holds ratings."""
_RATER = re.compile(r"rater|judge|review|interview|assess|panel|评委|考官|面试官|评分人", re.IGNORECASE)


@frozen
class SheetColumns:
    """Which column of a sheet is what."""

    header: Header
    items: Mapping[int, str] = field(factory=dict)
    """What columns rate, by position."""
    raters: Mapping[int, str] = field(factory=dict)
    """Whose ratings columns hold, by position."""


@frozen
class ScoreSheet:
    """A sheet as it was read, and the map that was used or drafted."""

    scorecards: tuple[ImportedScorecard, ...]
    given: ImportMap
    """The map with which it was read; a draft of it where none was given."""
    guessed: bool
    """Whether its shape was found by what stands in the cells, and no map said so."""
    others: tuple[str, ...] = ()
    """Columns of which nothing is known."""


def read_score_sheet(
    path: str,
    given: ImportMap | None = None,
    *,
    stdin: BinaryIO | None = None,
    more: Synonyms = NO_SYNONYMS,
    opening: str = "",
) -> tuple[ScoreSheet | None, list[Finding]]:
    """Read a sheet of ratings; by a map, or else by the names of its columns and what stands in them.

    Args:
        path: A CSV or TSV file or a workbook; `-` is standard input.
        given: What its columns are.
        stdin: Standard input, if not the process's.
        more: What else columns are called.
        opening: Rows that name another opening are left out; empty where that does not matter.

    Returns:
        The sheet, None where the file cannot be used; and findings in the order of the file.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    delimiter = "\t" if PurePath(path).suffix.lower() == ".tsv" else ","
    wanted = _wanted(given, more)
    try:
        rows = open_rows(path, read_bytes(path, stdin), wanted, delimiter)
        if isinstance(rows, list):
            return None, rows
        held = list(rows.rows)
    except BrokenRows as broken:
        return None, [broken.finding]
    if not held:
        return None, [*rows.remarks, no_rows(path)]
    guessed = False
    if given is None or not (given.columns or given.items or given.raters):
        shape, guessed = _drafted(rows.header, held, more, people=given is None)
        given = evolve(given or shape, columns=shape.columns, items=shape.items, raters=shape.raters)
    columns, findings = _columns(rows, given)
    if columns is None:
        return None, [*rows.remarks, *findings]
    kept = [row for row in held if _of_opening(row, columns.header, opening)]
    if len(kept) < len(held):
        message = Sentence("rows of other openings are left out: {count}").format(count=len(held) - len(kept))
        place = Location(path, rows.header.line)
        findings.append(Finding(Code.OTHER_OPENING, message, Severity.WARNING, path="opening", location=place))
    cards, faulty = _scorecards(rows, columns, kept, given)
    others = tuple(each.path for each in findings if each.code == Code.UNKNOWN_COLUMN)
    return ScoreSheet(tuple(cards), given, guessed, others), [*rows.remarks, *findings, *faulty]


def _wanted(given: ImportMap | None, more: Synonyms) -> Wanted:
    """Return the columns by which the row of names is found."""
    if given is None or not (given.columns or given.items or given.raters):
        return evolve(LONG, synonyms=extended(more, _SYNONYMS))
    return Wanted((*given.columns.values(), *given.items, *given.raters))


def _drafted(header: FileRow, rows: Sequence[FileRow], more: Synonyms, *, people: bool) -> tuple[ImportMap, bool]:
    """Draft a map: known columns by their names; others that hold ratings are items, or raters where none are named.

    Args:
        header: The row of names.
        rows: The rows below it.
        more: What else columns are called.
        people: Whether the first columns of which nothing is known are taken for those that name people where no
            other does: only in a map that somebody looks at before it is used.
    """
    loose = Wanted((), MAP_COLUMNS, synonyms=extended(more, _SYNONYMS))
    found, _ = check_header(header.cells, loose, source="", line=None)
    index = found.index if found else {}
    columns = {name: header.cells[place].strip() for name, place in index.items()}
    if {"candidate", "interviewer", "question", "rating"} <= columns.keys():
        return ImportMap(columns=columns), False
    left = [place for place in range(len(header.cells)) if place not in index.values() and header.cells[place].strip()]
    cells = {place: [row.cells[place] for row in rows if len(row.cells) > place] for place in left}
    overall = [p for p in left if fold_column(header.cells[p]) in _OVERALL and not _holds_levels(cells[p])]
    if overall and "recommendation" not in columns:
        columns["recommendation"] = header.cells[overall[0]].strip()
        left.remove(overall[0])
    rated = [place for place in left if _holds_levels(cells[place]) or _holds_words(cells[place])]
    names = {header.cells[place].strip(): tidy_label(header.cells[place]) for place in rated}
    columns.pop("rating", None)
    raters = "interviewer" not in columns and (any(map(_RATER.search, names)) or len(names) > 1)
    if not raters:
        columns.pop("question", None)
    spare = [header.cells[place].strip() for place in left if place not in rated] if people else []
    if spare and not {"candidate", "email", "first_name", "last_name"} & columns.keys():
        columns["candidate"] = spare.pop(0)
    if spare and not raters and not {"interviewer", "interviewer_email"} & columns.keys():
        columns["interviewer"] = spare.pop(0)
    if raters:
        return ImportMap(columns=columns, raters={name: name for name in names}), True
    return ImportMap(columns=columns, items=names), True


def _holds_levels(cells: Sequence[str]) -> bool:
    """Return whether cells are numbers and words for none, or half of them and more."""
    different = _different(cells)
    plain = [cell for cell in different if _NUMBER.fullmatch(cell) or _NUMBERED.fullmatch(cell) or read_mark(cell)]
    return bool(different) and 2 * len(plain) >= len(different)


def _holds_words(cells: Sequence[str]) -> bool:
    """Return whether cells are few words, again and again."""
    different = _different(cells)
    return 0 < len(different) <= _MOST_WORDS and len(different) < max(sum(map(bool, map(str.strip, cells))), 3)


def _different(cells: Sequence[str]) -> set[str]:
    """Return what stands in a column; nothing where a cell is too long for a rating."""
    different = {cell.strip() for cell in cells} - {""}
    return set() if max(map(len, different), default=0) > _LONGEST_WORD else different


def _columns(rows: FileRows, given: ImportMap) -> tuple[SheetColumns | None, list[Finding]]:
    """Find the columns that a map names; those that it does not are told to be left out."""
    names = [tidy_label(cell) for cell in rows.header.cells]
    called: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        called.setdefault(fold_column(name), []).append(position)
    place = Location(rows.source, rows.header.line)
    findings = FindingList()

    def find(column: str) -> int | None:
        places = called.get(fold_column(column), [])
        exact = [at for at in places if names[at] == column]
        if not places:
            message = Sentence("no column {name!r}").format(name=column)
            hint = Sentence("the map names it; the file has: {names}").format(names=", ".join(names[:20]))
            findings.add(Finding(Code.MISSING_COLUMN, message, hint=hint, path=column, location=place))
        return next(iter(exact or places), None)

    index = {name: at for name, column in given.columns.items() if (at := find(column)) is not None}
    items = {at: meant for column, meant in given.items.items() if (at := find(column)) is not None}
    raters = {at: meant for column, meant in given.raters.items() if (at := find(column)) is not None}
    findings.extend(_lacking(given, place))
    used = {*index.values(), *items, *raters}
    for at, name in enumerate(names):
        if at not in used and name:
            message = Sentence("column {shown} is not known and is left out").format(shown=shown(name))
            findings.add(Finding(Code.UNKNOWN_COLUMN, message, Severity.WARNING, path=name, location=place))
    told = findings.in_order()
    if has_errors(told):
        return None, told
    return SheetColumns(Header(tuple(names), index), items, raters), told


def _lacking(given: ImportMap, place: Location) -> Iterator[Finding]:
    """Say what no column tells."""
    columns = given.columns
    who = {"candidate", "email"} & columns.keys() or {"first_name", "last_name"} <= columns.keys()
    wide = bool(given.items or given.raters)
    lacking = [
        *([] if who else ["candidate"]),
        *([] if "interviewer" in columns or "interviewer_email" in columns or given.raters else ["interviewer"]),
        *([] if wide or "question" in columns else ["question"]),
        *([] if wide or "rating" in columns else ["rating"]),
    ]
    for name in lacking:
        hint = Sentence("name the column under columns, items or raters of a map")
        yield Finding(
            Code.MISSING_COLUMN, Sentence("no column {name!r}").format(name=name), hint=hint, path=name, location=place
        )


def _scorecards(
    rows: FileRows, columns: SheetColumns, held: Sequence[FileRow], given: ImportMap
) -> tuple[list[ImportedScorecard], list[Finding]]:
    findings = FindingList()
    gathered = _Gathered(findings)
    spelled: dict[str, str] = {}
    width = len(columns.header.names)
    wide = bool(columns.items or columns.raters)  # a comment is then about no single rating
    good = [row for row in held if len(row.cells) == width and any(map(str.strip, row.cells))]
    places = _places(rows, columns, good)
    for row in held:
        if len(row.cells) != width:
            findings.add(wrong_length(row, width, rows.source))
    for row in good:
        cell, here = _Cells(row, columns.header), Location(rows.source, row.line)
        candidate = _person(cell, spelled)
        submitted = _moment(cell("submitted_at"), given.dates)
        if isinstance(submitted, Sentence):
            hint = Sentence('the map says how dates are written, such as dates: "%d/%m/%Y"')
            findings.add(Finding(Code.TIME, submitted, hint=hint, location=here))
            submitted = None
        notes = tidy_text(cell("notes") or (cell("evidence") if wide else "")).strip()
        for attribute, who, at in _rated_cells(columns, cell, given):
            interviewer = _interviewer(cell, who, spelled)
            if not candidate.label or not interviewer.label:
                if row.cells[at].strip():
                    message = Sentence("the cell is empty, expected an id")
                    name = "interviewer" if candidate.label else "candidate"
                    findings.add(Finding(Code.EMPTY_ID, message, path=name, location=here))
                continue
            card = ImportedScorecard(
                source=SOURCE,
                source_id=cell("scorecard"),
                candidate=candidate,
                interviewer=interviewer,
                place=here,
                recommendation=tidy_label(cell("recommendation")),
                notes=notes,
                submitted_at=submitted,
            )
            rating = ImportedRating(
                attribute=attribute,
                label=tidy_label(row.cells[at]),
                place=places[row.line, at],
                path=columns.header.names[at],
                evidence="" if wide else tidy_text(cell("evidence")).strip(),
            )
            gathered.add(card, rating)
    return gathered.scorecards(), findings.in_order()


class _Gathered:
    """Scorecards put together from the rows that speak of each, whichever of them says what is said of the whole."""

    def __init__(self, findings: FindingList) -> None:
        self._findings = findings
        self._cards: dict[tuple[str, ...], ImportedScorecard] = {}
        self._ratings: dict[tuple[str, ...], list[ImportedRating]] = {}
        self._notes: dict[tuple[str, ...], dict[str, None]] = {}

    def add(self, said: ImportedScorecard, rating: ImportedRating) -> None:
        """Add what a row says of a scorecard, and a rating of it."""
        key = (said.source_id, _key(said.candidate), _key(said.interviewer))
        first = self._cards.setdefault(key, said)
        self._ratings.setdefault(key, []).append(rating)
        if said.notes:
            self._notes.setdefault(key, {})[said.notes] = None
        one, other = first.recommendation, said.recommendation
        if one and other and fold_word(one) != fold_word(other):
            message = TWO_RECOMMENDATIONS.format(one=shown(one), other=shown(other))
            self._findings.add(Finding(Code.CONTRADICTION, message, path="recommendation", location=said.place))
        latest = max(filter(None, (first.submitted_at, said.submitted_at)), default=None)
        if latest != first.submitted_at or (other and not one):
            self._cards[key] = evolve(first, recommendation=one or other, submitted_at=latest)

    def scorecards(self) -> list[ImportedScorecard]:
        """Return them in the order in which they begin."""
        notes = {key: "\n\n".join(each) for key, each in self._notes.items()}
        return [
            evolve(card, ratings=tuple(self._ratings[key]), notes=notes.get(key, ""))
            for key, card in self._cards.items()
        ]


def _places(rows: FileRows, columns: SheetColumns, held: Sequence[FileRow]) -> Mapping[tuple[int, int], Location]:
    rated = {*columns.items, *columns.raters} or {columns.header.index["rating"]}
    return rows.locate({row.line: rated for row in held})


def _of_opening(row: FileRow, header: Header, opening: str) -> bool:
    """Return whether a row is of an opening, or names none."""
    place = header.index.get("opening")
    if not opening or place is None or place >= len(row.cells):
        return True
    return row.cells[place].strip().casefold() in ("", opening.casefold())


class _Cells:
    """The cells of a row by the names of their columns."""

    def __init__(self, row: FileRow, header: Header) -> None:
        self._row, self._index = row.cells, header.index

    def __call__(self, name: str) -> str:
        return self._row[self._index[name]].strip() if name in self._index else ""


def _rated_cells(columns: SheetColumns, cell: _Cells, given: ImportMap) -> Iterator[tuple[str, str, int]]:
    """Yield what is rated, by whom where the column says it, and the position of the rating."""
    if columns.items:
        yield from ((meant, "", at) for at, meant in columns.items.items())
    if columns.raters:
        question = tidy_label(cell("question")) or given.question
        yield from ((question, who, at) for at, who in columns.raters.items())
    if not columns.items and not columns.raters:
        yield tidy_label(cell("question")), "", columns.header.index["rating"]


def _person(cell: _Cells, spelled: dict[str, str]) -> ImportedPerson:
    whole = whole_name(tidy_label(cell("first_name")), tidy_label(cell("last_name")))
    return _spelled(tidy_label(cell("candidate")) or whole, tidy_label(cell("email")), spelled)


def _interviewer(cell: _Cells, who: str, spelled: dict[str, str]) -> ImportedPerson:
    return _spelled(who or tidy_label(cell("interviewer")), tidy_label(cell("interviewer_email")), spelled)


def _spelled(name: str, email: str, spelled: dict[str, str]) -> ImportedPerson:
    """Make a person whose name has the spelling in which it stood first; an address for a name is both."""
    if "@" in name and not email:
        email = name
    return ImportedPerson(name=spelled.setdefault(same_person(name), name) if name else "", email=email)


def _key(person: ImportedPerson) -> str:
    return person.email.casefold() or same_person(person.name)


def _moment(text: str, pattern: str) -> datetime | Sentence | None:
    if not text:
        return None
    if pattern:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=zone()).astimezone(UTC)
        except ValueError:
            return Sentence("{shown} is not a date as {pattern} has it").format(shown=shown(text), pattern=pattern)
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), zone()).astimezone(UTC)
    except ValueError:
        return parse_moment(text)


def rating_table(
    cards: Sequence[ImportedScorecard], given: ImportMap, source: str
) -> tuple[RatingTable, list[Finding]]:
    """Return scorecards as rows for scoring, their words read by a map.

    Args:
        cards: As their source has them.
        given: What the words mean.
        source: The file as the user named it.

    Returns:
        The rows that mean something, and a finding for each word that the map does not explain.
    """
    coders = {name: Coder() for name in ("candidate", "interviewer", "question", "rating", "evidence")}
    places: list[ImportedRating] = []
    for card in cards:
        for rating in card.ratings:
            question = given.read_attribute(rating.attribute, {})
            if question == "":
                continue
            label = given.read_label(rating.label, None)
            cells = {
                "candidate": _shown_id(card.candidate),
                "interviewer": _shown_id(card.interviewer),
                "question": question or rating.attribute,
                "rating": rating.label if label is None else label,
                "evidence": rating.evidence,
            }
            for name, coder in coders.items():
                coder.add(cells[name])
            places.append(rating)
    line = array("q", (rating.place.line or 0 for rating in places))
    return parse_table(
        {name: coder.column() for name, coder in coders.items()},
        line,
        source=source,
        locate=lambda cells: {cell: places[cell[0]].place for cell in cells},
        findings=[] if places else [no_rows(source)],
    )


def _shown_id(person: ImportedPerson) -> str:
    return person.name or person.email or person.source_id
