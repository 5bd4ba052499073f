"""The columns of files that people bring: what each is called here, and what other programs call it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from unicodedata import normalize

from attrs import field, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import MOST, Finding, FindingList, Location, Severity, shown
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

Synonyms = Mapping[str, Sequence[str]]
"""By the name of a column, what else it is called."""

SYNONYMS: Synonyms = {
    "name": ("full name", "display name", "姓名", "名字", "全名"),
    "first_name": ("first", "given name", "forename", "名"),
    "last_name": ("last", "surname", "family name", "姓", "姓氏"),
    "email": ("mail", "email address", "work email", "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址", "邮件地址"),
    "note": ("notes", "comment", "comments", "remark", "remarks", "备注", "说明", "附注"),
    "resume_line": ("resume line", "résumé line", "headline", "current title", "简历一行", "简历摘要", "当前职位"),
    "candidate": (
        "candidate name",
        "applicant",
        "applicant name",
        "name",
        "候选人",
        "候选人姓名",
        "应聘者",
        "应聘人",
        "求职者",
        "姓名",
    ),
    "interviewer": (
        "interviewer name",
        "rater",
        "rated by",
        "reviewer",
        "assessor",
        "evaluator",
        "judge",
        "面试官",
        "面试官姓名",
        "面试人",
        "评委",
        "考官",
        "评分人",
        "打分人",
    ),
    "question": ("question id", "item", "问题", "题目", "面试题", "考题", "题号"),
    "rating": ("score", "level", "grade", "mark", "评分", "分数", "得分", "打分", "等级", "评级"),
    "criterion": ("attribute", "competency", "skill", "dimension", "维度", "评价维度", "指标", "能力项", "胜任力"),
    "opening": ("job", "requisition", "vacancy", "职位", "岗位", "招聘职位"),
    "evidence": ("comment", "comments", "note", "notes", "justification", "依据", "证据", "评语", "备注"),
    "rated_at": ("date", "rated on", "submitted at", "submitted on", "日期", "时间", "评分时间", "面试日期"),
    "weight": ("权重",),
    "at": ("time", "start", "starts at", "date", "时间", "开始时间", "面试时间"),
    "minutes": ("duration", "length", "时长", "分钟"),
    "location": ("place", "room", "地点", "地址", "会议室"),
    "questions": ("题目", "问题"),
}


def fold_column(name: str) -> str:
    """Return a column's name without what nobody minds: case, blanks, hyphens, full-width letters."""
    return "".join(sign for sign in normalize("NFKC", name).casefold() if sign.isalnum())


def is_chinese_header(text: str) -> bool:
    """Return whether a text names columns in Chinese."""
    names = {word for words in SYNONYMS.values() for word in words if not word.isascii()}
    return any(cell.strip("\"' \r") in names for cell in text.replace(";", ",").replace("\t", ",").split(","))


NO_SYNONYMS: Synonyms = {}


def extended(more: Synonyms, known: Synonyms = SYNONYMS) -> Synonyms:
    """Return synonyms with some more."""
    return {name: (*known.get(name, ()), *more.get(name, ())) for name in {**known, **more}} if more else known


FIRST_ROW = Sentence("the first row names the columns")
_OTHER_DELIMITERS = re.compile(r"[,;\t|]")
_MANY = 200
"""Unknown columns from which on none is compared with those that are known."""


@frozen
class Header:
    """The columns of a file."""

    names: tuple[str, ...]
    """All of them, cleaned, in the order of the file."""
    index: dict[str, int]
    """Position of each column that is known."""


@frozen
class Wanted:
    """The columns that a kind of file has."""

    required: tuple[str, ...]
    """Those without which the file is no use."""
    optional: tuple[str, ...] = ()
    exactly: tuple[str, ...] = ()
    """Those of the optional ones that are taken for nothing but their own names, and that nobody is told of."""
    instead: Mapping[str, tuple[str, ...]] = {}
    """Columns that together stand for a required one."""
    synonyms: Synonyms = field(default=SYNONYMS, repr=False)
    """What else columns are called."""
    strict: bool = False
    """Whether all are taken for nothing but their own names, as in a program's data."""

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.required, *self.optional)

    def missing(self, index: Mapping[str, int]) -> list[str]:
        """Return the required columns that are not there, nor what stands for them."""
        return [name for name in self.required if name not in index and not self._stands_for(name, index)]

    def _stands_for(self, name: str, index: Mapping[str, int]) -> bool:
        return name in self.instead and all(part in index for part in self.instead[name])


def check_header(
    cells: Sequence[str],
    wanted: Wanted,
    *,
    source: str,
    line: int | None,
    otherwise: Callable[[str], str] = lambda _name: FIRST_ROW,
) -> tuple[Header | None, list[Finding]]:
    """Find the known columns; there is no header if one is missing or stands twice.

    Args:
        cells: The names as the file has them.
        wanted: What is looked for.
        source: The file as the user named it.
        line: Where the header stands.
        otherwise: The hint on a missing column where no other is like it.
    """
    names = tuple(map(clean_line, cells))
    place = Location(source, line)
    index, twice = match_columns(names, wanted)
    taken = set(index.values())
    unknown = [name for at, name in enumerate(names) if at not in taken and name not in twice]
    missing = wanted.missing(index)
    if missing and len(names) == 1 and (other := _OTHER_DELIMITERS.search(cells[0])):
        return None, [_wrong_delimiter(other[0], place)]
    absent = [name for name in wanted.known if name not in index and name not in wanted.exactly]
    findings = FindingList()
    findings.extend(_missing(name, unknown[:_MANY], otherwise(name), place) for name in missing)
    findings.extend(_twice(name, place) for name in twice)
    left_out = [name for name in dict.fromkeys(unknown) if name]
    findings.extend(_unknown(name, absent if len(unknown) <= _MANY else [], place) for name in left_out[:MOST])
    findings.count_more(Code.UNKNOWN_COLUMN, max(len(left_out) - MOST, 0))
    if missing or twice:
        return None, findings.in_order()
    if called := {name: names[at] for name, at in index.items() if names[at] != name}:
        findings.add(_understood(called, place))
    return Header(names, index), findings.in_order()


def _understood(called: Mapping[str, str], place: Location) -> Finding:
    pairs = ", ".join(f"{shown(there)} = {name}" for name, there in called.items())
    message = Sentence("columns were recognised by what they are called: {pairs}").format(pairs=pairs)
    return Finding(Code.COLUMNS_RECOGNISED, message, Severity.INFO, location=place)


def _wrong_delimiter(found: str, place: Location) -> Finding:
    message = Sentence("the columns are separated by {found!r}, expected a comma in CSV and a tab in TSV").format(
        found=found
    )
    return Finding(Code.DELIMITER, message, hint="save it as CSV UTF-8, separated by commas", location=place)


def no_rows(source: str) -> Finding:
    """Say that a file ends behind its header."""
    return Finding(Code.NO_ROWS, "the file has column names and no rows", location=Location(source))


def _missing(name: str, unknown: Sequence[str], otherwise: str, place: Location) -> Finding:
    folded = {other.lower(): other for other in unknown}
    near = _nearest(name, folded)
    hint = Sentence("is it the column {shown}?").format(shown=shown(folded[near])) if near else otherwise
    return Finding(
        Code.MISSING_COLUMN, Sentence("no column {name!r}").format(name=name), hint=hint, path=name, location=place
    )


def _nearest(name: str, others: Iterable[str]) -> str | None:
    """Return what a name is likely a slip for; it seldom is in the first letter, and `rating` is not `forecasting`."""
    return nearest(name, (other for other in others if other[:1] == name[:1]))


def _twice(name: str, place: Location) -> Finding:
    return Finding(
        Code.DUPLICATE_COLUMN,
        Sentence("column {name!r} stands there twice").format(name=name),
        path=name,
        location=place,
    )


def _unknown(name: str, absent: Sequence[str], place: Location) -> Finding:
    near = _nearest(name.lower(), absent)
    return Finding(
        Code.UNKNOWN_COLUMN,
        Sentence("column {shown} is not known and is left out").format(shown=shown(name)),
        Severity.WARNING,
        hint=Sentence("did you mean {near!r}?").format(near=near) if near else "",
        path=name,
        location=place,
    )


def match_columns(names: Sequence[str], wanted: Wanted) -> tuple[dict[str, int], list[str]]:
    """Find columns by their names.

    A column is meant by its own name before one that differs in case or hyphens only, and by that before a synonym;
    and a column that bears one name is not taken for another. Of two that share a synonym, the one that is named
    first takes it.

    Returns:
        Position by name, for each that is found; and the names that more than one column bears. Of several synonyms
        of an optional column, the first is taken.
    """
    as_written = _places(names)
    folded = _places(list(map(fold_column, names)))
    index: dict[str, int] = {}
    twice: list[str] = []

    def take(name: str, places: Sequence[int], *, alone: bool) -> None:
        free = [place for place in places if place not in index.values()]
        if name in index or not free:
            return
        index[name] = free[0]
        if alone and len(free) > 1:
            twice.append(name)

    loosely = [name for name in wanted.known if not wanted.strict and name not in wanted.exactly]
    for name in wanted.known:
        take(name, as_written.get(name, ()), alone=True)
    for name in loosely:
        take(name, folded.get(fold_column(name), ()), alone=True)
    for name in loosely:
        also = dict.fromkeys(map(fold_column, wanted.synonyms.get(name, ())))
        take(name, [place for each in also for place in folded.get(each, ())], alone=name in wanted.required)
    return {name: index[name] for name in wanted.known if name in index}, twice


def _places(names: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    return places
