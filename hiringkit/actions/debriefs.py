"""Gather what a panel needs to decide about an opening, as far as the reader may see it; blind where asked for."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import (
    hide_names,
    past_openings,
    rated_columns,
    require_ranking,
    score_opening,
    without_strictness,
)
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.lookup import asked_rubric, find_candidate
from hiringkit.actions.scores import ScoringOptions, with_robustness
from hiringkit.actions.visibility import VisibleOpening, visible_opening
from hiringkit.domain.debrief import Answer, Audience, Debrief, Held
from hiringkit.domain.interview import Interview
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.profile import Disagreement, FitProfile, Opinion, Side
from hiringkit.domain.robustness import Robustness
from hiringkit.errors import Refused
from hiringkit.locale import say
from hiringkit.store import people
from hiringkit.store.store import Store
from hiringkit.text.language import count_han
from hiringkit.text.sentence import Sentence

Labels = Mapping[str, str]


def debrief_opening(
    store: Store,
    actor: Actor,
    opening_id: str,
    options: ScoringOptions,
    *,
    candidate_id: str | None = None,
    audience: Audience = Audience.PANEL,
    blind: bool = False,
    labels: Labels | None = None,
    robust: bool = False,
    language: str = "en",
) -> Debrief:
    """Gather the submitted scorecards of an opening, their scores and what is still to come.

    Candidates whom the reader still owes a scorecard are left out with everything that would reveal how they did; so
    are those who have withdrawn.

    Args:
        store: Where they are kept.
        actor: Who reads.
        opening_id: The opening.
        options: How ratings are scored.
        candidate_id: The only candidate it is about.
        audience: Who will read it.
        blind: Whether labels stand for the names of people, in what was written about them too.
        labels: What stands for candidates where it is blind, by id; letters in an order of their own if not given.
        robust: Whether to find out what it takes to change who leads, which takes many times as long.
        language: en or zh, for the names of criteria.

    Raises:
        NotFound: No such opening or candidate.
        Refused: The reader owes a scorecard for the candidate, the candidate has withdrawn, or it is asked who leads,
            and the opening does not rank candidates.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        if candidate_id is not None:
            _require(seen, find_candidate(tx, opening_id, candidate_id))
        rubric = asked_rubric(tx, seen.opening)
        if robust:
            require_ranking(seen.opening, rubric)
        past = past_openings(tx, seen.opening, actor.who) if options.history else None
        comparison = score_opening(tx, seen, rubric, options=options, language=language, past=past)
        if robust and candidate_id is None:  # it is about who leads, and a debrief of one names no other
            comparison = with_robustness(comparison, *rated_columns(seen, rubric), options, past)
        dropped = tuple(each.question for each in dropped_in(tx, opening_id))
        compared = {each.id for each in seen.compared}
        held = [each for each in seen.interviews() if each.candidate in compared]
        known = {each.interviewer for each in held}
        interviewers = [each for each in people.interviewers(tx) if each.id in known]
        withdrawn = [each for each in seen.candidates if each.withdrawn_at]
        hidden = tuple(seen.hidden_findings())
    asked = {each.id for each in rubric.asked} - set(dropped)
    made = Debrief(
        opening=seen.opening,
        rubric=rubric,
        comparison=evolve(comparison, findings=(*hidden, *comparison.findings)),
        answers=tuple(answer for each in held for answer in _answers(each, asked)),
        interviews=tuple(map(_held, held)),
        people={each.id: each.name for each in interviewers},
        viewer=seen.viewer,
        audience=audience,
        made_at=actor.now(),
        candidate=candidate_id,
        withdrawn=len(withdrawn),
        hidden=len(seen.hidden),
        dropped=dropped,
    )
    if not made.people.keys() <= made.shows_effects_of:
        made = evolve(made, comparison=without_strictness(made.comparison, made.shows_effects_of))
    return _blinded(made, seen.candidates, interviewers, labels) if blind else made


def _require(seen: VisibleOpening, candidate: Candidate) -> None:
    seen.require(candidate.id)
    if candidate.withdrawn_at:
        raise Refused(Sentence("candidate {candidate_id!r} has withdrawn").format(candidate_id=candidate.id))


def _answers(interview: Interview, asked: Container[str]) -> Iterator[Answer]:
    for rating in interview.scorecards[-1].ratings if interview.scorecards else ():
        if rating.value is not None and rating.question in asked:
            yield Answer(interview.candidate, interview.interviewer, rating.question, rating.value, rating.evidence)


def _held(interview: Interview) -> Held:
    return Held(
        interview.candidate,
        interview.interviewer,
        interview.state,
        len(interview.kit),
        interview.rated,
        interview.scheduled_at,
        interview.id,
    )


def _blinded(
    made: Debrief, candidates: Sequence[Candidate], interviewers: Sequence[Interviewer], labels: Labels | None
) -> Debrief:
    """Replace people by labels, in free text too, wherever a name, e-mail address or id of theirs is found."""
    who = labels or _labels(made.opening.id, [each.id for each in candidates], CANDIDATE, _letters)
    by = _labels(made.opening.id, [each.id for each in interviewers], INTERVIEWER, str)
    hide = _hider(
        [(who[each.id], (each.id, each.name, each.email)) for each in candidates]
        + [(by[each.id], (each.id, each.name, each.email)) for each in interviewers]
    )
    comparison = made.comparison
    profiles = tuple(_blind_profile(each, by, hide) for each in comparison.profiles)
    blind = hide_names(comparison, who)
    model = blind.model and evolve(blind.model, details=_relabelled(blind.model.details, who))
    return evolve(
        made,
        opening=evolve(made.opening, title=hide(made.opening.title)),
        comparison=evolve(
            blind,
            model=model,
            robustness=blind.robustness and _blind_people(blind.robustness, by),
            profiles=tuple(
                evolve(each, panel=own.panel, disagreements=own.disagreements)
                for each, own in zip(blind.profiles, profiles, strict=True)
            ),
            interviewers=tuple(
                evolve(
                    each, interviewer=by.get(each.interviewer, INTERVIEWER), name=by.get(each.interviewer, INTERVIEWER)
                )
                for each in comparison.interviewers
            ),
        ),
        answers=tuple(
            evolve(each, candidate=who[each.candidate], interviewer=by[each.interviewer], evidence=hide(each.evidence))
            for each in made.answers
        ),
        interviews=tuple(
            evolve(each, candidate=who[each.candidate], interviewer=by[each.interviewer], id="")
            for each in made.interviews
        ),
        people={label: label for label in by.values()},
        viewer=made.viewer and by.get(made.viewer, ""),
        candidate=made.candidate and who[made.candidate],
        blind=True,
    )


CANDIDATE = Sentence("Candidate {sign}")
INTERVIEWER = Sentence("Interviewer {sign}")


def _labels(opening: str, ids: Iterable[str], label: Sentence, sign: Callable[[int], str]) -> Labels:
    """Label people in an order that reveals neither name, nor rank, nor who was added first."""
    mixed = sorted(ids, key=lambda each: sha256(f"{opening}/{each}".encode()).digest())
    return {each: say(label.format(sign=sign(n))) for n, each in enumerate(mixed, 1)}


def _letters(number: int) -> str:
    """Count in letters: A to Z, then AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


SHORTEST = 2
"""Shortest part of a name that is looked for in texts, in letters."""


def _hider(people_known: Sequence[tuple[str, tuple[str, ...]]]) -> Callable[[str], str]:
    """Return a function that replaces people's names, whole or in part, by labels, ignoring case."""
    found: dict[str, str] = {}
    for label, names in people_known:
        for name in names:
            for part in _parts(name):
                found.setdefault(part.casefold(), label)
    longest = sorted(found, key=len, reverse=True)
    if not longest:
        return str
    pattern = re.compile("|".join(map(_whole, longest)), re.IGNORECASE)
    return lambda text: pattern.sub(lambda match: found.get(match[0].casefold(), "…"), text)


def _parts(name: str) -> Iterator[str]:
    """Yield a name, its words, and a Chinese name without its first character, which is the family's."""
    yield from filter(None, [name.strip()])
    if "@" in name:
        return
    for word in re.split(r"[\s,.·'’_-]+", name):
        if len(word) >= SHORTEST:
            yield word
        if len(word) > SHORTEST and count_han(word) == len(word):
            yield word[1:]


def _whole(part: str) -> str:
    """Match a part as a word of its own; Chinese has none."""
    return re.escape(part) if count_han(part) else rf"(?<!\w){re.escape(part)}(?!\w)"


def _blind_people(found: Robustness, by: Labels) -> Robustness:
    return evolve(found, without_interviewer=tuple(evolve(each, id=by[each.id]) for each in found.without_interviewer))


def _blind_profile(profile: FitProfile, by: Labels, hide: Callable[[str], str]) -> FitProfile:
    return evolve(
        profile,
        panel=tuple(
            Opinion(by.get(each.interviewer, ""), each.recommendation, hide(each.reason)) for each in profile.panel
        ),
        disagreements=tuple(_blind_sides(each, by) for each in profile.disagreements),
    )


def _blind_sides(apart: Disagreement, by: Labels) -> Disagreement:
    def side(each: Side) -> Side:
        return evolve(each, interviewer=by.get(each.interviewer, ""))

    return evolve(
        apart,
        lowest=side(apart.lowest),
        highest=side(apart.highest),
        below=tuple(by.get(each, "") for each in apart.below),
        above=tuple(by.get(each, "") for each in apart.above),
    )


def _relabelled(value: Any, labels: Labels) -> Any:
    """Replace the keys of mappings by candidate with labels, at any depth."""
    if isinstance(value, Mapping):
        by_candidate = bool(value) and set(value) <= set(labels)
        return {labels[key] if by_candidate else key: _relabelled(each, labels) for key, each in value.items()}
    return value
