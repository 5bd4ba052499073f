"""Reading a scorecard back, handing it in, and amending it with a reason."""

from typing import Any

from starlette.responses import Response

from hiringkit.actions.interviews import (
    KEEP,
    RECOMMENDATIONS,
    ChangedElsewhere,
    Lock,
    amend,
    parse_value,
    review_interview,
    submit,
)
from hiringkit.domain.interview import InterviewState, InterviewText, Mark
from hiringkit.domain.level import write_level
from hiringkit.errors import NotFound
from hiringkit.locale import _
from hiringkit.report.model import show_cell
from hiringkit.report.words import join_names, moment, rating_cell, recommendation_word
from hiringkit.web.interview import Sitting, anchors, find_sitting, outstanding_numbers, strip
from hiringkit.web.visit import Visit, go


def show(visit: Visit) -> Response:
    """Show all ratings at once: to be handed in, or as they were."""
    return _show(visit, find_sitting(visit))


def _show(visit: Visit, sitting: Sitting, *, overtaken: bool = False) -> Response:
    session = sitting.session
    view = session.view
    interview = view.interview
    handed_in = interview.state is InterviewState.SUBMITTED
    card = interview.scorecards[-1] if interview.scorecards else None
    review = review_interview(visit.store, visit.actor, sitting.id)
    typed = visit.form if overtaken else {}
    recommendation = card.recommendation if card else session.texts.get(InterviewText.RECOMMENDATION, "")
    summary = card.summary if card else session.texts.get(InterviewText.SUMMARY, "")
    return visit.page(
        "read_back.html",
        _("Scorecard") if handed_in else _("Read back"),
        status=409 if overtaken else 200,
        overtaken=overtaken,
        sitting=sitting,
        candidate=view.candidate.name,
        opening=view.opening.title,
        handed_in=handed_in,
        open=session.lock is Lock.OPEN,
        amendable=session.lock is Lock.SUBMITTED,
        locked=_locked(session.lock),
        when=moment(card.submitted_at) if card else "",
        number=card.number if card else 0,
        reason=card.reason if card else "",
        strip=strip(sitting, None) if session.lock is Lock.OPEN else [],
        rows=_rows(visit, sitting),
        missing=outstanding_numbers(sitting, review.missing),
        blocked=review.blocked,
        bare=outstanding_numbers(sitting, review.bare),
        coverage=_("{share} %").format(share=round(100 * review.coverage)),
        enough=review.enough,
        readers=join_names([each.name for each in review.readers], visit.language),
        later=join_names([each.name for each in review.later], visit.language),
        recommendations=[(code, recommendation_word(code)) for code in RECOMMENDATIONS],
        recommendation=typed.get("recommendation", [recommendation])[-1],
        recommended=recommendation_word(recommendation),
        summary=typed.get("summary", [summary])[-1],
        revision=interview.revision,
    )


def _locked(lock: Lock) -> str:
    words = {
        Lock.CLOSED: _("The opening is closed: nothing can be changed."),
        Lock.CANCELLED: _("The interview is cancelled: nothing can be changed."),
        Lock.WITHDRAWN: _("The candidate has withdrawn: nothing can be changed."),
    }
    return words.get(lock, "")


def _rows(visit: Visit, sitting: Sitting) -> list[dict[str, Any]]:
    rows = []
    for n, question_id in enumerate(sitting.kit, 1):
        question, rating = sitting.question(question_id), sitting.rating(question_id)
        level = write_level(rating.value) if isinstance(rating.value, int | float) else ""
        rows.append(
            {
                "n": n,
                "heading": question.heading(visit.language) if question else question_id,
                "level": level,
                "words": "" if level else show_cell(rating_cell(rating.value)),
                "evidence": rating.evidence,
                "href": f"{sitting.address}/{n}",
                "amend": f"{sitting.address}/amend/{n}",
            }
        )
    return rows


def submit_scorecard(visit: Visit) -> Response:
    """Hand the scorecard in, if it is still as it was read back."""
    sitting = find_sitting(visit)
    try:
        submit(
            visit.store,
            visit.actor,
            sitting.id,
            recommendation=visit.given("recommendation"),
            summary=visit.given("summary"),
            revision=_whole(visit.given("revision")),
        )
    except ChangedElsewhere:
        return _show(visit, find_sitting(visit), overtaken=True)
    return go(f"{sitting.address}/review")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


def show_amendment(visit: Visit) -> Response:
    """Show the form that amends a rating; number 0 is the recommendation."""
    sitting = find_sitting(visit)
    if sitting.session.lock is not Lock.SUBMITTED:
        return go(f"{sitting.address}/review")
    return _amendment(visit, sitting)


def _amendment(visit: Visit, sitting: Sitting, *, overtaken: bool = False) -> Response:
    n = _number(visit, sitting)
    view = sitting.session.view
    question_id = sitting.kit[n - 1] if n else ""
    question = sitting.question(question_id) if n else None
    rating = sitting.rating(question_id)
    card = view.interview.scorecards[-1]
    value = (
        rating.value.value
        if isinstance(rating.value, Mark)
        else ""
        if rating.value is None
        else write_level(rating.value)
    )
    typed = visit.form if overtaken else {}

    def shown(name: str, kept: str) -> str:
        return typed.get(name, [kept])[-1]

    return visit.page(
        "amend.html",
        _("Amend the scorecard"),
        status=409 if overtaken else 200,
        overtaken=overtaken,
        sitting=sitting,
        n=n,
        candidate=view.candidate.name,
        text=question.text.in_language(visit.language) if question else question_id,
        anchors=anchors(sitting, question_id, visit.language) if n else [],
        kept=show_cell(rating_cell(rating.value)),
        kept_note=rating.evidence,
        value=shown("rating", value),
        note=shown("note", rating.evidence),
        recommendations=[(code, recommendation_word(code)) for code in RECOMMENDATIONS],
        kept_recommendation=recommendation_word(card.recommendation).text,
        kept_summary=card.summary,
        recommendation=shown("recommendation", card.recommendation),
        summary=shown("summary", card.summary),
        reason=shown("reason", ""),
        number=card.number,
    )


def _number(visit: Visit, sitting: Sitting) -> int:
    n = int(visit.request.path_params["n"])
    if n > len(sitting.kit):
        raise NotFound("no such question")
    return n


def amend_scorecard(visit: Visit) -> Response:
    """Amend the scorecard; the one before is kept."""
    sitting = find_sitting(visit)
    n = _number(visit, sitting)
    number, reason = _whole(visit.given("number")), visit.given("reason")
    try:
        if n:
            given = visit.given("rating")
            amend(
                visit.store,
                visit.actor,
                sitting.id,
                sitting.kit[n - 1],
                reason=reason,
                value=parse_value(given, sitting.session.view.rubric) if given else KEEP,
                evidence=visit.given("note"),
                number=number,
            )
        else:
            amend(
                visit.store,
                visit.actor,
                sitting.id,
                reason=reason,
                recommendation=visit.given("recommendation"),
                summary=visit.given("summary"),
                number=number,
            )
    except ChangedElsewhere:
        return _amendment(visit, find_sitting(visit), overtaken=True)
    return go(f"{sitting.address}/review")
