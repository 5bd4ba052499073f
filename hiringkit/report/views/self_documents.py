"""Self-assessments as plain values, in full: what `-f json` writes."""

from hiringkit.domain.self_assessment import (
    Correction,
    EarlierAnswer,
    Exercise,
    NextStep,
    NextSteps,
    SelfAnswer,
    SelfProfile,
    SelfScore,
    Waypoint,
)
from hiringkit.report.model import plain


def self_document(profile: SelfProfile) -> dict[str, object]:
    """Return a self-assessment."""
    attempt = profile.sheet.attempt
    scale = profile.sheet.rubric.scale
    claims = {each.question.id: plain(each.lacks) for each in profile.answers}
    return {
        "schema": "hiringkit/self-report/1",
        "attempt": attempt.id,
        "rubric": plain(attempt.rubric),
        "scale": {"low": scale.low, "high": scale.high},
        "started_at": plain(attempt.started_at),
        "changed_at": plain(attempt.changed_at),
        "overall": {"score": plain_number(profile.overall), "coverage": plain_number(profile.coverage)},
        "criteria": [score_document(score) for score in profile.scores],
        "strengths": [score.criterion.id for score in profile.strengths],
        "gaps": [score.criterion.id for score in profile.gaps],
        "not_rated": [score.criterion.id for score in profile.unrated],
        "requirements": [
            {"requirement": each.id, "kind": plain(each.kind), "standing": plain(standing)}
            for each, standing in profile.requirements
        ],
        "correction": _correction(profile.correction),
        "progress": [_waypoint(point) for point in profile.progress],
        "answers": [
            {**_answer(attempt.answer(question)), "claim": claims.get(question, [])} for question in attempt.kit
        ],
        "peers": [
            {
                "question": own.question.id,
                "by": review.by,
                "received_at": plain(review.received_at),
                "own": plain(own.answer.level),
                "theirs": theirs.level,
                "note": theirs.note,
                "answer_changed": theirs.answer != own.answer.text,
            }
            for own, review, theirs in profile.compared
        ],
        "earlier": [_earlier(each) for each in attempt.earlier],
    }


def steps_document(steps: NextSteps) -> dict[str, object]:
    """Return what to work on."""
    attempt = steps.profile.sheet.attempt
    return {
        "schema": "hiringkit/next-steps/1",
        "attempt": attempt.id,
        "rubric": plain(attempt.rubric),
        "from_gaps": steps.from_gaps,
        "steps": [_step(step) for step in steps.steps],
        "plan": [
            {
                "step": each.id,
                "kind": str(each.kind),
                "text": plain(each.text),
                "criterion": each.criterion.id if each.criterion else None,
                "hours": each.kind.hours,
                "due": plain(each.due),
                "done": plain(each.done),
            }
            for each in steps.plan
        ],
        "not_rated": [score.criterion.id for score in steps.profile.unrated],
        "requirements": [{"requirement": r.id, "standing": str(standing)} for r, standing in steps.profile.lacking],
    }


def score_document(score: SelfScore) -> dict[str, object]:
    """Return a score on one criterion."""
    return {
        "criterion": score.criterion.id,
        "score": plain_number(score.score),
        "bar": plain_number(score.criterion.bar),
        "gap": plain_number(score.gap),
        "share": plain_number(score.share),
        "priority": plain_number(score.priority),
        "ratings": score.rated,
        "with_evidence": score.backed,
        "no_evidence": len(score.untold),
        "nothing_to_tell": list(score.untold),
        "basis": plain(score.basis),
    }


def plain_number(value: float | None) -> object:
    """Return a figure, rounded to six digits; None where there is none."""
    return None if value is None else plain(float(value))


def _answer(answer: SelfAnswer) -> dict[str, object]:
    return {
        "question": answer.question,
        "rating": plain(answer.level),
        "answer": answer.text,
        "evidence": answer.evidence,
        "witness": answer.witness,
        "ticks": [{"level": tick.level, "clause": tick.clause} for tick in answer.ticks],
        "changed_at": plain(answer.changed_at),
    }


def _earlier(each: EarlierAnswer) -> dict[str, object]:
    return {"version": each.version, "wording": plain(each.wording), **_answer(each.answer)}


def _waypoint(point: Waypoint) -> dict[str, object]:
    return {
        "attempt": point.attempt,
        "version": point.version,
        "started_at": plain(point.started_at),
        "overall": plain_number(point.overall),
        "coverage": plain_number(point.coverage),
        "nothing_to_tell": {"criteria": list(point.untold), "share": plain_number(point.untold_share)},
        "criteria": {criterion: plain_number(score) for criterion, score in point.scores.items()},
    }


def _correction(found: Correction | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "opening": found.opening,
        "interviewers": found.interviewers,
        "difference": plain_number(found.mean),
        "corrected": plain_number(found.corrected),
        "criteria": [
            {
                "criterion": each.criterion.id,
                "own": plain_number(each.own),
                "interviewers": plain_number(each.interviewers),
            }
            for each in found.differences
        ],
    }


def _step(step: NextStep) -> dict[str, object]:
    return {
        **score_document(step.score),
        "develop": plain(step.develop),
        "practise": [_exercise(each) for each in step.exercises],
        "next_level": step.next_level,
        "next_anchor": plain(step.next_anchor),
    }


def _exercise(each: Exercise) -> dict[str, object]:
    text = plain(each.question.text)
    return {"question": each.question.id, "bank": each.bank or None, "samples": each.samples, "text": text}
