"""The further interviews of an opening, by what they are expected to tell about who is best."""

from collections.abc import Iterator, Mapping

from hiringkit.domain.next_interview import FurtherInterview, NextInterview
from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, plain, show_cell
from hiringkit.report.views.documents import findings_document
from hiringkit.report.words import distinct_names, finding_sentence, join_things

Names = Mapping[str, str]


def next_report(
    found: NextInterview, candidates: Names, interviewers: Names, rubric: Rubric, language: str, *, top: int
) -> Report:
    """Show which further interview is worth most.

    Args:
        found: What was worked out.
        candidates: Names by id.
        interviewers: Likewise.
        rubric: Whose questions are asked.
        language: en or zh.
        top: Interviews that are shown; files have them all.
    """
    who, by = distinct_names(candidates.items()), distinct_names(interviewers.items())
    return Report(
        title=_("The next interview"),
        blocks=lambda: (
            *_standing(found, who),
            *_table(found, who, by, rubric, language, top),
            *_notes(found, who, by),
        ),
        document=lambda: {
            "schema": "hiringkit/next/1",
            **plain(found),
            "findings": findings_document(found.findings),
        },
        data=lambda: _data(found),
    )


def _standing(found: NextInterview, who: Names) -> Iterator[Block]:
    if found.wrong is None:
        return
    leader = who.get(found.leader, found.leader) if found.leader else _("nobody alone")
    yield Facts(
        (
            (_("Leads now"), leader),
            (_("Chance of error"), Number(found.wrong, 1, percent=True)),
            (_("Expected loss"), Number(found.regret, 3)),
        )
    )


def _table(found: NextInterview, who: Names, by: Names, rubric: Rubric, language: str, top: int) -> Iterator[Block]:
    if not found.further:
        return
    columns = (
        Column("candidate", _("Candidate")),
        Column("interviewer", _("Interviewer")),
        Column("minutes", _("Minutes")),
        Column("wrong", _("Error after")),
        Column("regret", _("Loss after")),
        Column("changes", _("Another leads")),
        Column("questions", _("Questions"), wrap=True),
    )
    headings = {question.id: question.heading(language) for question in rubric.asked}

    def row(each: FurtherInterview) -> tuple[Cell, ...]:
        asked = join_things([headings.get(question, question) for question in each.questions], language)
        if each.interview:
            asked = _("planned already: {interview}").format(interview=each.interview)
        return (
            who.get(each.candidate, each.candidate),
            by.get(each.interviewer, each.interviewer),
            Number(each.minutes, 0),
            Number((found.wrong or 0.0) - each.wrong_drop, 1, percent=True),
            Number((found.regret or 0.0) - each.regret_drop, 3),
            Number(each.changes, 1, percent=True),
            asked,
        )

    shown = found.further[:top]
    yield Table(columns, tuple(map(row, shown)), _("Further interviews"), more=len(found.further) - len(shown))


def _notes(found: NextInterview, who: Names, by: Names) -> Iterator[Block]:
    if line := next_line(found, who, by):
        yield Notes((line,))
    if found.further:
        yield Notes(
            (
                _(
                    "Error: the chance that somebody else is better than whoever is chosen. Loss: how far the chosen"
                    " one is expected to be below the best, in points of the overall score. Both are worked out from"
                    " the calibrated model by {draws} draws of what the ratings might be."
                ).format(draws=f"{found.draws:,}"),
            )
        )
    if said := tuple(map(finding_sentence, found.findings)):
        yield Notes(said, _("To know"))


def next_line(found: NextInterview, who: Names, by: Names) -> str:
    """Say in a sentence which interview is worth most, or that none is likely to change the choice."""
    if not found.further or found.wrong is None:
        return ""
    best = found.further[0]
    if found.enough:
        likeliest = max(each.changes for each in found.further)
        return _("No further interview is likely to change who leads: the chance is {share} % at most.").format(
            share=show_cell(Number(100 * likeliest, 1))
        )
    return _(
        "Most worth it: {interviewer} interviews {candidate} ({minutes} min); the chance of choosing wrongly is"
        " expected to fall from {before} to {after} %."
    ).format(
        interviewer=by.get(best.interviewer, best.interviewer),
        candidate=who.get(best.candidate, best.candidate),
        minutes=show_cell(Number(best.minutes, 0)),
        before=show_cell(Number(100 * found.wrong, 1)),
        after=show_cell(Number(100 * (found.wrong - best.wrong_drop), 1)),
    )


def _data(found: NextInterview) -> Table:
    keys = (
        "candidate",
        "interviewer",
        "questions",
        "minutes",
        "interview",
        "again",
        "wrong_drop",
        "regret_drop",
        "changes",
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.candidate,
            each.interviewer,
            "; ".join(each.questions),
            Number(each.minutes),
            each.interview,
            "yes" if each.again else "",
            Number(each.wrong_drop),
            Number(each.regret_drop),
            Number(each.changes),
        )
        for each in found.further
    )
    return Table(tuple(Column(key, key) for key in keys), rows)
