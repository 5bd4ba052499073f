"""A debrief as a workbook, and an empty matrix to be filled in without the program."""

from collections.abc import Iterator, Sequence

from hiringkit.domain.debrief import Debrief
from hiringkit.domain.interview import Interview, Mark
from hiringkit.domain.people import Candidate
from hiringkit.domain.profile import FitProfile
from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Number, Report, Span, Table, Word, WorkSheet
from hiringkit.report.views.comparison import gates_word
from hiringkit.report.words import bar_word, flag_words, moment, not_ranked, recommendation_word, severity_word

Row = tuple[Cell, ...]


def debrief_sheets(debrief: Debrief, profiles: Sequence[FitProfile]) -> tuple[WorkSheet, ...]:
    """Return the sheets: comparison, criteria, ratings, evidence and panel.

    Args:
        debrief: What it is written from.
        profiles: Those whom it is about.
    """
    return (
        WorkSheet(_("comparison"), _comparison(debrief, profiles)),
        WorkSheet(_("criteria"), _criteria(debrief, profiles)),
        WorkSheet(_("ratings"), _ratings(debrief, profiles)),
        WorkSheet(_("evidence"), _evidence(debrief, profiles)),
        WorkSheet(_("panel"), _panel(debrief, profiles)),
    )


_OF_RANKING = {"rank_interval", "overall", "interval", "observed", "p_best", "recommendation"}
"""Columns that there are only where candidates are ranked."""


def _comparison(debrief: Debrief, profiles: Sequence[FitProfile]) -> Table:
    is_ranked = debrief.comparison.ranks
    columns = (
        Column("name", _("Candidate")),
        Column("candidate", _("Id")),
        Column("rank", _("Rank") if is_ranked else _("Ranking")),
        Column("rank_interval", _("Rank range")),
        Column("overall", _("Overall")),
        Column("interval", _("Interval")),
        Column("observed", _("Plain mean")),
        Column("p_best", _("Chance best")),
        Column("coverage", _("Coverage")),
        Column("gates", _("Gates")),
        Column("recommendation", _("Recommendation")),
        Column("ratings", _("Ratings")),
        Column("interviewers", _("Seen by")),
        Column("flags", _("Watch")),
    )
    rows: list[Row] = [
        (
            each.name or each.candidate,
            each.candidate,
            Number(each.rank.position) if is_ranked else not_ranked(),
            Span(each.rank.interval),
            Number(each.overall.score),
            Span(each.overall.interval),
            Number(each.overall.observed),
            Number(each.rank.p_best),
            Number(each.overall.coverage),
            gates_word(each),
            recommendation_word(each.recommendation.policy),
            Number(each.overall.ratings),
            Number(each.overall.interviewers),
            "; ".join(map(flag_words, each.flags)),
        )
        for each in profiles
    ]
    kept = [n for n, column in enumerate(columns) if is_ranked or column.key not in _OF_RANKING]
    return Table(tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows))


def _criteria(debrief: Debrief, profiles: Sequence[FitProfile]) -> Table:
    columns = (
        Column("name", _("Candidate")),
        Column("criterion", _("Criterion")),
        Column("weight", _("Weight")),
        Column("bar", _("Bar")),
        Column("score", _("Score")),
        Column("interval", _("Interval")),
        Column("observed", _("Plain mean")),
        Column("state", _("State")),
        Column("above", _("Probability of reaching the bar")),
        Column("ratings", _("Ratings")),
        Column("no_evidence", _("No evidence")),
        Column("not_assessed", _("Not assessed")),
    )
    known = {each.id: each for each in debrief.rubric.criteria}
    rows: list[Row] = [
        (
            profile.name or profile.candidate,
            debrief.comparison.criterion_names.get(score.criterion, score.criterion),
            Number(known[score.criterion].weight),
            Number(known[score.criterion].bar),
            Number(score.score),
            Span(score.interval),
            Number(score.observed),
            bar_word(score.state, score.above_bar),
            Number(score.above_bar),
            Number(score.ratings),
            Number(score.no_evidence),
            Number(score.not_assessed),
        )
        for profile in profiles
        for score in profile.criteria
    ]
    return Table(columns, tuple(rows))


def _ratings(debrief: Debrief, profiles: Sequence[FitProfile]) -> Table:
    """Return the ratings in the form that `hiringkit score` reads."""
    keys = ("opening", "candidate", "interviewer", "question", "rating")
    about = {each.candidate for each in profiles}
    rows: list[Row] = [
        (
            debrief.opening.id,
            each.candidate,
            each.interviewer,
            each.question,
            Word(each.value.value) if isinstance(each.value, Mark) else Number(each.value),
        )
        for each in debrief.answers
        if each.candidate in about
    ]
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))


def _evidence(debrief: Debrief, profiles: Sequence[FitProfile]) -> Table:
    columns = (
        Column("name", _("Candidate")),
        Column("interviewer", _("Interviewer")),
        Column("question", _("Question")),
        Column("rating", _("Level")),
        Column("evidence", _("Evidence"), wrap=True),
    )
    names = {each.candidate: each.name or each.candidate for each in profiles}
    rows: list[Row] = [
        (
            names[each.candidate],
            debrief.people[each.interviewer],
            each.question,
            Word(each.value.value) if isinstance(each.value, Mark) else Number(each.value),
            each.evidence,
        )
        for each in debrief.answers
        if each.evidence and each.candidate in names
    ]
    return Table(columns, tuple(rows))


def _panel(debrief: Debrief, profiles: Sequence[FitProfile]) -> Table:
    """Return what was recommended, with how strictly each rates where the reader may see that."""
    columns = (
        Column("name", _("Candidate")),
        Column("interviewer", _("Interviewer")),
        Column("recommendation", _("Recommendation")),
        Column("reason", _("Reason"), wrap=True),
        Column("severity", _("Rates")),
    )
    severity = {
        each.interviewer: severity_word(each)
        for each in debrief.comparison.interviewers
        if each.interviewer in debrief.shows_effects_of
    }
    rows: list[Row] = [
        (
            profile.name or profile.candidate,
            debrief.people.get(each.interviewer, each.interviewer),
            recommendation_word(each.recommendation),
            each.reason,
            severity.get(each.interviewer, Word("")),
        )
        for profile in profiles
        for each in profile.panel
    ]
    return Table(columns, tuple(rows))


def matrix_report(
    interviews: Sequence[Interview], candidates: Sequence[Candidate], rubric: Rubric, language: str = "en"
) -> Report:
    """Make an empty matrix: a row for each question of each interview, its level to be chosen from a list.

    Args:
        interviews: Those that are not submitted.
        candidates: Of the opening.
        rubric: That it pinned.
        language: en or zh.
    """
    matrix = _matrix(interviews)
    return Report(
        title=_("Matrix to fill in"),
        blocks=(matrix,),
        document={
            "schema": "hiringkit/matrix/1",
            "ratings": [
                {"opening": each.opening, "candidate": each.candidate, "interviewer": each.interviewer, "question": q}
                for each in interviews
                for q in each.kit
            ],
            "levels": [*rubric.scale.values, *(mark.value for mark in Mark)],
        },
        sheets=lambda: (
            WorkSheet(_("ratings"), matrix, {"rating": (*rubric.scale.values, *(mark.value for mark in Mark))}),
            WorkSheet(_("questions"), _asked(interviews, rubric, language)),
            WorkSheet(_("levels"), _levels(rubric, language)),
            WorkSheet(_("people"), _people(interviews, candidates)),
        ),
    )


def _matrix(interviews: Sequence[Interview]) -> Table:
    keys = ("opening", "candidate", "interviewer", "question", "rating", "evidence")
    rows: list[Row] = [
        (each.opening, each.candidate, each.interviewer, question, Number(None), "")
        for each in interviews
        for question in each.kit
    ]
    empty = _("No interview is open: there is nothing to fill in.")
    return Table(tuple(Column(key, key) for key in keys), tuple(rows), empty=empty)


def _asked(interviews: Sequence[Interview], rubric: Rubric, language: str) -> Table:
    """Return the questions with what marks each level."""
    wanted = {question for each in interviews for question in each.kit}
    columns = (
        Column("question", _("Question")),
        Column("text", _("Text"), wrap=True),
        *(Column(str(value), str(value), wrap=True) for value in rubric.scale.values),
    )

    def anchors(question: str) -> Iterator[Cell]:
        found = rubric.question(question)
        for value in rubric.scale.values:
            text = found.anchors.get(value) if found else None
            yield text.in_language(language) if text else ""

    rows: list[Row] = [
        (each.id, each.text.in_language(language), *anchors(each.id)) for each in rubric.asked if each.id in wanted
    ]
    return Table(columns, tuple(rows))


def _levels(rubric: Rubric, language: str) -> Table:
    columns = (Column("level", _("Level")), Column("meaning", _("Meaning")))
    rows: list[Row] = [(Number(each.value), each.label.in_language(language)) for each in rubric.scale.levels]
    rows += [
        (Word(Mark.NOT_ASSESSED.value), _("The question was not asked.")),
        (Word(Mark.NO_EVIDENCE.value), _("It was asked, and the answer showed nothing.")),
    ]
    return Table(columns, tuple(rows))


def _people(interviews: Sequence[Interview], candidates: Sequence[Candidate]) -> Table:
    columns = (Column("id", _("Id")), Column("name", _("Name")), Column("planned", _("Planned (UTC)")))
    times = {each.candidate: moment(each.scheduled_at) for each in interviews}
    rows: list[Row] = [(each.id, each.name, times[each.id]) for each in candidates if each.id in times]
    return Table(columns, tuple(rows))
