"""What somebody's posting says of what a rubric says, and what it leaves out."""

from hiringkit.domain.posting import Mention, PostingCheck, Sought
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word
from hiringkit.report.values import plain

_COLUMNS = ("kind", "id", "coverage", "similarity", "passage")


def posting_check_report(check: PostingCheck, language: str = "en") -> Report:
    """Show what is missing first, then what may be there, then what is said."""
    counts: tuple[tuple[str, Cell], ...] = (
        (_("Rubric"), check.rubric),
        (_("Passages read"), Number(check.passages, 0)),
        (_("Said"), Number(len(check.of(Mention.SAID)), 0)),
        (_("Perhaps said"), Number(len(check.of(Mention.PERHAPS)), 0)),
        (_("Missing"), Number(len(check.of(Mention.MISSING)), 0)),
    )
    captions = {
        Mention.MISSING: _("Missing"),
        Mention.PERHAPS: _("Perhaps said: read the passage and decide"),
        Mention.SAID: _("Said"),
    }
    tables = (_table(check.of(coverage), caption, language) for coverage, caption in captions.items())
    return Report(
        title=_("Posting against the rubric"),
        blocks=(Facts(counts), *(table for table in tables if table.rows), Notes((_how(),))),
        document={
            "schema": "hiringkit/posting-check/1",
            "rubric": check.rubric,
            "language": check.language,
            "passages": check.passages,
            "related": check.related,
            "sought": [plain(each) for each in check.sought],
            "lint": [plain(each) for each in check.lint],
            "lacks": list(check.lacks),
            "must_haves": check.must_haves,
        },
        data=Table(tuple(Column(key, "") for key in _COLUMNS), tuple(map(_flat, check.sought))),
    )


def _table(sought: tuple[Sought, ...], caption: str, language: str) -> Table:
    kinds = {
        "responsibility": _("responsibility"),
        "competency": _("competency"),
        "task": _("task"),
        "requirement": _("requirement"),
        "stakeholder": _("stakeholder"),
    }
    columns = (
        Column("text", _("What the rubric says"), wrap=True),
        Column("kind", _("Kind")),
        Column("similarity", _("Likeness")),
        Column("passage", _("Most like it in the posting"), wrap=True),
    )
    tone = {Mention.MISSING: Tone.BAD, Mention.PERHAPS: Tone.CAUTION, Mention.SAID: Tone.GOOD}
    rows = tuple(
        (
            each.text.in_language(language),
            Word(kinds[each.kind], tone[each.coverage]),
            Number(each.similarity, 2),
            each.passage or "-",
        )
        for each in sought
    )
    return Table(columns, rows, caption)


def _flat(each: Sought) -> tuple[Cell, ...]:
    return each.kind, each.id, str(each.coverage), Number(each.similarity, 2), each.passage


def _how() -> str:
    return _(
        "How this is found: each text of the rubric is compared with every passage of the posting by the words that"
        " they share, rare words counting more (TF-IDF cosine, 0 to 1). It reads words, not meaning: a posting that"
        " says the same in other words shows as missing, and one that uses the same words for something else shows as"
        " said. Take it as a list of places to look at."
    )
