"""A debrief in the order in which a panel needs it: the decision first, what stands behind each figure last."""

from collections.abc import Iterator
from itertools import chain

from hiringkit.domain.debrief import Answer, Debrief
from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import BarState, Method
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Notes, Number, Report, Table, figure, plain, show_cell, write_number
from hiringkit.report.page import (
    PageBlock,
    PageSection,
    as_text,
)
from hiringkit.report.views.charts import DRAWN, severity_forest
from hiringkit.report.views.comparison import method_sentence
from hiringkit.report.views.debrief_evidence import evidence, questions_asked, recommended, splits
from hiringkit.report.views.debrief_sheets import debrief_sheets
from hiringkit.report.views.debrief_standing import bars, criteria_side_by_side, how_far_apart, left_out, tally
from hiringkit.report.views.debrief_view import LISTED, DebriefView, main_criterion
from hiringkit.report.views.documents import comparison_document
from hiringkit.report.views.robustness import robustness_notes
from hiringkit.report.views.verdict import verdict


def debrief_report(debrief: Debrief, language: str = "en") -> Report:
    """Write a debrief.

    Args:
        debrief: What it is written from.
        language: en or zh.
    """
    view = DebriefView(debrief, language)
    return Report(
        title=view.title,
        blocks=lambda: as_text(sections(view)),
        document=lambda: _document(view),
        data=lambda: _answers_table(view),
        page=lambda: sections(view),
        sheets=lambda: debrief_sheets(debrief, view.profiles),
        above=view.above,
        foot=view.foot,
    )


def sections(view: DebriefView) -> tuple[PageBlock, ...]:
    """Return the sections, in the order in which a panel needs them."""
    return tuple(
        chain(
            [verdict(view.debrief, view.profiles, view.names, view.people, view.owed, view.language)],
            [tally(view)],
            left_out(view),
            how_far_apart(view),
            _firm(view),
            questions_asked(view),
            bars(view),
            criteria_side_by_side(view),
            splits(view),
            recommended(view),
            evidence(view),
            _effects(view),
            _made(view),
            _next(view),
        )
    )


def _firm(view: DebriefView) -> Iterator[PageBlock]:
    """Say what it takes to change who leads, where that was asked for."""
    allowed = {who: name for who, name in view.people.items() if who in view.debrief.shows_effects_of}
    yield from robustness_notes(view.debrief.comparison, view.names, allowed, view.language)


def _effects(view: DebriefView) -> Iterator[PageBlock]:
    """Show how strictly interviewers rate, to those who may see it."""
    allowed = view.debrief.shows_effects_of
    effects = [each for each in view.debrief.comparison.interviewers if each.interviewer in allowed]
    if drawing := severity_forest(view.debrief.comparison, effects, view.people):
        yield PageSection(
            _("How strictly each rates"),
            (drawing,),
            _("Against the panel as a whole. The scores above allow for it already.")
            if view.debrief.comparison.method is Method.CALIBRATED
            else _("Against the panel as a whole. Plain means do not allow for it."),
        )


def _made(view: DebriefView) -> Iterator[PageBlock]:
    """Say how the figures were made, and what they cannot say."""
    comparison, rubric = view.debrief.comparison, view.debrief.rubric
    made = [method_sentence(comparison)]
    details = comparison.model.details if comparison.model else {}
    if prior := details.get("prior"):
        made.append(_("Prior: {prior}; seed of random draws: {seed}.").format(prior=prior, seed=details.get("seed", 0)))
    moves = details.get("prior_moves_score")
    if isinstance(moves, int | float):
        ranks = details.get("prior_moves_rank")
        made.append(
            _("With another prior ({other}) scores move by {points} at most, and ranks by {ranks}.").format(
                other=details.get("alternative_prior", ""), points=show_cell(Number(moves, 2)), ranks=ranks
            )
        )
    made.append(
        _("Rubric {id} {version}, {digest}; the scale is {low} to {high}.").format(
            id=rubric.id,
            version=rubric.version,
            digest=view.debrief.opening.digest,
            low=write_number(rubric.scale.low),
            high=write_number(rubric.scale.high),
        )
    )
    if view.debrief.dropped:
        made.append(_("Left out for everybody: {questions}.").format(questions=view.headings(view.debrief.dropped)))
    cannot = [
        _("How somebody will do in the job. They say how the panel rated what was told in the interviews."),
        _("Anything about what was not asked."),
    ]
    if comparison.method is Method.CALIBRATED and comparison.ranks:
        asked = round(50 * (1 + comparison.level))
        cannot.append(
            _("Whether a lead is enough. That {asked} % is asked for is a choice, not a finding.").format(asked=asked)
        )
    yield PageSection(_("How the numbers were made"), (Notes(tuple(made)),))
    yield PageSection(_("What they cannot say"), (Notes(tuple(cannot)),))


def _next(view: DebriefView) -> Iterator[PageBlock]:
    """Say what to do next, each only where there is something to do."""
    steps = [
        _("{interviewer}: hold or submit the interview of {name}.").format(
            interviewer=view.people[each.interviewer], name=view.names[each.candidate]
        )
        for each in view.owed[:LISTED]
    ]
    if len(view.owed) > LISTED:
        steps.append(_("{n} further scorecards are not in.").format(n=len(view.owed) - LISTED))
    for profile in view.profiles[:DRAWN]:
        for gate in profile.gates:
            if gate.state in (BarState.OPEN, BarState.UNRATED):
                sentence = _("Find out whether {name} reaches the bar of {criterion}: {more}")
                more = _unasked(view, profile.candidate, gate.criterion)
                steps.append(
                    sentence.format(
                        name=view.names[profile.candidate], criterion=view.criterion_name(gate.criterion), more=more
                    )
                )
    if view.apart:
        steps.append(
            _("Talk about what is far apart before anybody votes; a rating is amended with a reason, or stays.")
        )
    if view.debrief.candidate is None and not view.owed:
        steps.append(
            _("Decide, and write down why: hiringkit opening close {opening} --outcome …").format(
                opening=view.debrief.opening.id
            )
        )
    if steps:
        yield PageSection(_("Next steps"), (Notes(tuple(steps)),))


def _unasked(view: DebriefView, candidate: str, criterion: str) -> str:
    """Name questions for a criterion that a candidate was not asked."""
    asked = {each.question for each in view.answers[candidate] if each.value is not Mark.NOT_ASSESSED}
    left = [q for q, question in view.questions.items() if criterion in question.criteria and q not in asked]
    if not left:
        return _("another interviewer asks the same questions again.")
    return _("not asked yet: {questions}.").format(questions=view.headings(left))


def _answers_table(view: DebriefView) -> Table:
    """Return the ratings with their evidence, one a row."""
    keys = ("candidate", "interviewer", "question", "criterion", "rating", "evidence")
    rows: list[tuple[Cell, ...]] = [
        (
            answer.candidate,
            answer.interviewer,
            answer.question,
            main_criterion(view.questions[answer.question]) if answer.question in view.questions else "",
            str(answer.value),
            answer.evidence,
        )
        for answers in view.answers.values()
        for answer in answers
    ]
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))


def _document(view: DebriefView) -> dict[str, object]:
    debrief = view.debrief
    decision = verdict(debrief, view.profiles, view.names, view.people, view.owed, view.language)
    comparison = comparison_document(debrief.comparison)
    del comparison["schema"]
    about = {each.candidate for each in view.profiles}
    if debrief.candidate:
        comparison["profiles"] = [each for each in comparison["profiles"] if each["candidate"] in about]
        comparison["findings"] = []
        comparison["robustness"] = None
        comparison["model"] = None  # it holds probabilities by candidate
    comparison["interviewers"] = [
        each for each in comparison["interviewers"] if each["interviewer"] in debrief.shows_effects_of
    ]
    if robustness := comparison["robustness"]:
        robustness["without_interviewer"] = [
            each for each in robustness["without_interviewer"] if each["interviewer"] in debrief.shows_effects_of
        ]
    return {
        "schema": "hiringkit/debrief/1",
        "opening": {"id": debrief.opening.id, "title": debrief.opening.title},
        "made_at": plain(debrief.made_at),
        "audience": debrief.audience.value,
        "blind": debrief.blind,
        "candidate": debrief.candidate,
        "decision": {
            "word": decision.word.text,
            "sentence": decision.sentence,
            "decided": decision.word.tone == "good",
        },
        "comparison": comparison,
        "splits": [
            {
                "candidate": each.candidate,
                "question": each.low.question,
                "criterion": each.criterion,
                "lowest": _side(each.low),
                "highest": _side(each.high),
            }
            for each in view.apart
        ],
        "answers": [plain(answer) for answers in view.answers.values() for answer in answers],
        "interviews": [
            {
                "candidate": each.candidate,
                "interviewer": each.interviewer,
                "state": each.state.value,
                "questions": each.questions,
                "rated": each.rated,
                "scheduled_at": plain(each.scheduled_at),
            }
            for each in view.interviews
        ],
        "dropped": list(debrief.dropped),
        "withdrawn": debrief.withdrawn,
    }


def _side(answer: Answer) -> dict[str, object]:
    value = answer.value if isinstance(answer.value, int | float) else None
    return {"interviewer": answer.interviewer, "level": figure(value), "evidence": answer.evidence}
