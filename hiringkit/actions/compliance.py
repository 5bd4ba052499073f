"""What laws on automated decisions ask for: a system card, notices, explanations, and a record of human reviews."""

from collections.abc import Sequence

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.comparisons import profile_candidate
from hiringkit.actions.lookup import find_candidate, find_opening, pinned_rubric
from hiringkit.actions.scores import ScoringOptions
from hiringkit.actions.visibility import require_recruiter
from hiringkit.domain.law import Explanation, HumanReview, LawTexts, ReviewResult
from hiringkit.domain.people import HiringOutcome
from hiringkit.errors import Refused, UsageProblem, missing
from hiringkit.library.law import law_book
from hiringkit.store import audit
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

REVIEW = "compliance.review"
"""The event of the audit log that a human review is."""
NOT_ADVERSE = Sentence("nothing went against {candidate!r}: the outcome on record is not a rejection")
NOT_ADVERSE_HINT = Sentence("hiringkit opening edit {opening} --outcome {candidate}=rejected")


def law_texts(store: Store, actor: Actor, opening_id: str, jurisdictions: Sequence[str]) -> LawTexts:
    """Return the texts for a card or notice.

    Args:
        store: Where the opening is.
        actor: Who asks, and when.
        opening_id: The opening.
        jurisdictions: Ids, such as nyc; all if empty.

    Raises:
        NotFound: There is no such opening or jurisdiction.
    """
    book = law_book()
    known = {each.id: each for each in book.jurisdictions}
    for each in jurisdictions:
        if each not in known:
            raise missing(Sentence("jurisdiction"), each, known)
    chosen = tuple(known[each] for each in dict.fromkeys(jurisdictions or known))
    with store.read() as tx:
        opening = find_opening(tx, opening_id)
        rubric = pinned_rubric(tx, opening)
    today = actor.now().date()
    stale = tuple(each.id for each in chosen if each.is_stale(today))
    return LawTexts(book, chosen, stale, opening, rubric.criteria, opening.ranks(rubric.policy))


def explain_outcome(
    store: Store, actor: Actor, opening_id: str, candidate: str, jurisdictions: Sequence[str], *, language: str = "en"
) -> Explanation:
    """Explain to a rejected candidate what interviewers made of their answers.

    Raises:
        NotFound: There is no such opening, candidate or jurisdiction.
        Refused: The candidate was not rejected or has withdrawn, or one acts as an interviewer.
    """
    texts = law_texts(store, actor, opening_id, jurisdictions)
    with store.read() as tx:
        require_recruiter(tx, actor.who)
        found = find_candidate(tx, opening_id, candidate)
    if found.outcome is not HiringOutcome.REJECTED:
        hint = NOT_ADVERSE_HINT.format(opening=opening_id, candidate=found.id)
        raise Refused(NOT_ADVERSE.format(candidate=found.id), hint=hint)
    comparison = profile_candidate(store, actor, opening_id, found.id, ScoringOptions(), language=language)
    profile = next(each for each in comparison.profiles if each.candidate == found.id)
    return Explanation(texts, found, tuple(profile.criteria), comparison.scale, profile.overall.interviewers)


def log_review(
    store: Store, actor: Actor, opening_id: str, candidate: str, *, result: str, reason: str, reviewer: str = ""
) -> tuple[HumanReview, ...]:
    """Record in the audit log that a person looked at a decision again, and return all reviews of the candidate.

    Args:
        store: Where the opening is.
        actor: Who records it.
        opening_id: The opening.
        candidate: By id, e-mail address or name.
        result: One of `ReviewResult`.
        reason: Why; not empty.
        reviewer: Who reviewed; the actor if empty.

    Raises:
        NotFound: There is no such opening or candidate.
        Refused: One acts as an interviewer.
        UsageProblem: No reason or no reviewer is given.
    """
    why, who = clean_line(reason), clean_line(reviewer) or actor.who
    if not why:
        raise UsageProblem("a review has a reason", hint='--reason "…"')
    if not who:
        raise UsageProblem("nobody says who reviewed", hint="--reviewer NAME, or --as recruiter:NAME")
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = find_candidate(tx, opening_id, candidate)
        subject = {"opening": opening_id, "candidate": found.id}
        record(tx, actor, REVIEW, subject, reviewer=who, result=str(ReviewResult(result)), reason=why)
    return reviews(store, actor, opening_id, found.id)


def reviews(store: Store, actor: Actor, opening_id: str, candidate: str | None = None) -> tuple[HumanReview, ...]:
    """Return the human reviews on record for an opening, or one of its candidates, oldest first.

    Raises:
        NotFound: There is no such opening or candidate.
        Refused: One acts as an interviewer.
    """
    with store.read() as tx:
        require_recruiter(tx, actor.who)
        subject = {"opening": find_opening(tx, opening_id).id}
        if candidate is not None:
            subject["candidate"] = find_candidate(tx, opening_id, candidate).id
        events = audit.events(tx, subject=subject, kind=REVIEW)
    return tuple(
        HumanReview(
            at=event.at,
            by=event.actor,
            reviewer=str(event.detail.get("reviewer", "")),
            opening=event.subject["opening"],
            candidate=event.subject["candidate"],
            result=str(event.detail.get("result", "")),
            reason=str(event.detail.get("reason", "")),
        )
        for event in events
    )
