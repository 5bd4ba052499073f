"""What somebody's posting says of what a rubric says, what it leaves out, and which of its words to mend."""

from collections.abc import Iterator

from hiringkit.domain.posting import Mention, PostingCheck, Sought, WordingKind
from hiringkit.locale import _, say
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word, plain
from hiringkit.text.language import LANGUAGES

_COLUMNS = ("kind", "id", "coverage", "similarity", "passage")


def posting_check_report(check: PostingCheck, language: str = "en") -> Report:
    """Show what is missing first, then what may be there, then what is said, and then the wording."""
    return Report(
        title=_("Posting against the rubric"),
        blocks=tuple(_blocks(check, language)),
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


def _blocks(check: PostingCheck, language: str) -> Iterator[Block]:
    lacks = LANGUAGES[language].comma.join(lack_words()[each] for each in check.lacks)
    counts: tuple[tuple[str, Cell], ...] = (
        (_("Rubric"), check.rubric),
        (_("Passages read"), Number(check.passages, 0)),
        (_("Said"), Number(len(check.of(Mention.SAID)), 0)),
        (_("Perhaps said"), Number(len(check.of(Mention.PERHAPS)), 0)),
        (_("Missing"), Number(len(check.of(Mention.MISSING)), 0)),
        (_("Applicants do not learn"), Word(lacks, Tone.CAUTION) if lacks else "-"),
        (_("Must-haves"), Number(check.must_haves, 0)),
        (_("Words to change"), Number(len(check.lint), 0)),
    )
    yield Facts(counts)
    if not check.related:
        yield Notes(
            (_("This does not read like a posting for the rubric's job, so nothing in it is counted as said."),)
        )
    captions = {
        Mention.MISSING: _("Missing"),
        Mention.PERHAPS: _("Perhaps said: read the passage and decide"),
        Mention.SAID: _("Said"),
    }
    tables = (_table(check.of(coverage), caption, language) for coverage, caption in captions.items())
    yield from (table for table in tables if table.rows)
    if check.lint:
        yield _wording(check)
    yield Notes((_how(),))


def lack_words() -> dict[str, str]:
    """Return how each thing is called that applicants look for."""
    return {
        "pay": _("pay"),
        "location": _("location"),
        "hours": _("hours"),
        "how-to-apply": _("how to apply"),
        "closing-date": _("until when"),
        "accommodation-statement": _("help for those who need something arranged another way"),
    }


def _table(sought: tuple[Sought, ...], caption: str, language: str) -> Table:
    kinds = {
        "responsibility": _("responsibility"),
        "competency": _("competency"),
        "task": _("task"),
        "requirement": _("requirement"),
        "stakeholder": _("stakeholder"),
    }
    said = any(each.passage for each in sought)
    columns = (
        Column("text", _("What the rubric says"), wrap=True),
        Column("kind", _("Kind")),
        *((Column("passage", _("Where the posting says it"), wrap=True),) if said else ()),
    )
    tone = {Mention.MISSING: Tone.BAD, Mention.PERHAPS: Tone.CAUTION, Mention.SAID: Tone.GOOD}
    rows = tuple(
        (
            each.text.in_language(language),
            Word(kinds[each.kind], tone[each.coverage]),
            *((each.passage,) if said else ()),
        )
        for each in sought
    )
    return Table(columns, rows, caption)


def _wording(check: PostingCheck) -> Table:
    kinds = {
        WordingKind.MASCULINE: _("masculine"),
        WordingKind.FEMININE: _("feminine"),
        WordingKind.AGE: _("age"),
        WordingKind.EXCLUSIONARY: _("exclusionary"),
        WordingKind.LEGAL: _("not to be asked"),
    }
    columns = (
        Column("word", _("Words at fault"), wrap=True),
        Column("kind", _("Kind")),
        Column("sentence", _("Sentence"), wrap=True),
        Column("suggestion", _("Instead"), wrap=True),
        Column("reason", _("Why"), wrap=True),
    )
    rows = tuple(
        (
            each.word,
            Word(kinds[each.kind], Tone.CAUTION),
            each.sentence,
            say(each.suggestion),
            _("{reason} ({source})").format(reason=say(each.reason), source=each.source),
        )
        for each in check.lint
    )
    return Table(columns, rows, _("Words at fault"))


def _flat(each: Sought) -> tuple[Cell, ...]:
    return each.kind, each.id, str(each.coverage), Number(each.similarity, 2), each.passage


def _how() -> str:
    return _(
        "How this is found: what the posting says of the firm, of benefits, hours and applying is set aside, and so is"
        " what it denies. In the rest the expressions of the rubric (its keys named also) are looked for; said is what"
        " one of them fits. Perhaps is a paragraph that nothing else fits and that shares rare words with the rubric."
        " It reads words, not meaning: take it as a list of places to look at."
    )
