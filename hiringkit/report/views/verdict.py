"""What has to be decided, and whether the ratings decide it: in one sentence that is true of the data."""

from collections.abc import Iterator, Mapping, Sequence

from hiringkit.domain.debrief import Debrief, Held
from hiringkit.domain.profile import BarState, Comparison, FitProfile, Method
from hiringkit.locale import _
from hiringkit.report.model import Number, Tone, Word, show_cell, show_chance
from hiringkit.report.page import Chances, Verdict
from hiringkit.report.words import join_names, join_things, not_ranked, policy_word
from hiringkit.text.language import LANGUAGES

LEANING = 0.75
"""Probability of being ahead below which two candidates are said to be too close to tell."""
_FEW = 4
_WORTH_HIRING = ("strong-yes", "yes")

Names = Mapping[str, str]


def verdict(
    debrief: Debrief, profiles: Sequence[FitProfile], names: Names, people: Names, owed: Sequence[Held], language: str
) -> Verdict:
    """Say what the ratings decide.

    Args:
        debrief: All that is known.
        profiles: Those whom it is about, best first.
        names: By candidate id.
        people: Interviewers' names by id.
        owed: Interviews whose scorecards are not in.
        language: en or zh.
    """
    if not debrief.comparison.ranks:
        return Verdict(
            Word(not_ranked(), Tone.QUIET),
            _("Criterion by criterion, what is reached and what was said stand below; people weigh them."),
            points=tuple(_points(debrief, profiles, names, people, owed, language)),
        )
    scored = [each for each in profiles if each.overall.score is not None]
    if not scored:
        return Verdict(
            Word(_("Nothing to decide by yet"), Tone.QUIET),
            _("No submitted scorecard carries a score."),
            points=tuple(_points(debrief, profiles, names, people, owed, language)),
        )
    if len(scored) == 1:
        word, sentence = _alone(debrief, scored[0], names)
        drawing = None
    else:
        able = [each for each in scored if not _misses_gate(each)]
        word, sentence = _first(debrief, able, names, language) if able else _nobody(scored)
        drawing = _chances(debrief.comparison, able, names) if able else None
    return Verdict(word, sentence, drawing, tuple(_points(debrief, profiles, names, people, owed, language)))


def _misses_gate(profile: FitProfile) -> bool:
    return any(gate.state is BarState.FAILED for gate in profile.gates)


def _undecided() -> Word:
    return Word(_("The ratings do not decide it"), Tone.CAUTION)


def _decided(debrief: Debrief) -> Word:
    if debrief.hidden:  # one of those who are left out may be ahead of all
        return Word(_("Decided among those whom you may see, not among all"), Tone.CAUTION)
    return Word(_("The ratings decide it"), Tone.GOOD)


def _nobody(scored: Sequence[FitProfile]) -> tuple[Word, str]:
    word = Word(_("The ratings speak against everybody"), Tone.CAUTION)
    return word, _("Each of the {n} candidates misses the bar of a required criterion.").format(n=len(scored))


def _alone(debrief: Debrief, profile: FitProfile, names: Names) -> tuple[Word, str]:
    """Say it of one candidate, held against the role alone."""
    name = names[profile.candidate]
    if _misses_gate(profile):
        return _undecided_by_gate(), _("{name} misses the bar of a required criterion.").format(name=name)
    open_gates = [gate for gate in profile.gates if gate.state is not BarState.PASSED]
    if open_gates:
        criterion = debrief.comparison.criterion_names.get(open_gates[0].criterion, open_gates[0].criterion)
        sentence = _("Whether {name} reaches the bar of {criterion} is open.")
        return _undecided(), sentence.format(name=name, criterion=criterion)
    policy = profile.recommendation.policy
    if not policy:
        return _undecided(), _("The rubric's policy recommends neither for nor against {name}.").format(name=name)
    share = profile.recommendation.probability.get(policy, 0.0)
    sentence = _("By the rubric's policy the score of {name} means: {recommendation}.").format(
        name=name, recommendation=policy_word(profile.recommendation).text
    )
    if share >= (1 + debrief.comparison.level) / 2 and policy in _WORTH_HIRING:
        return Word(_("The ratings decide it"), Tone.GOOD), sentence
    return _undecided(), sentence


def _undecided_by_gate() -> Word:
    return Word(_("The ratings speak against it"), Tone.CAUTION)


def _first(debrief: Debrief, able: Sequence[FitProfile], names: Names, language: str) -> tuple[Word, str]:
    """Say who is ahead among those who miss no required bar, and whether that is sure."""
    leader, others = able[0], able[1:]
    name = names[leader.candidate]
    if not others:
        sentence = _("{name} alone misses no bar of a required criterion.").format(name=name)
        return _undecided(), sentence
    if debrief.comparison.method is not Method.CALIBRATED:
        return _by_means(leader, others, names, language)
    if not leader.rank.ahead_of:
        return _by_order(leader, others, names, language)
    return _by_probability(debrief, leader, others, names)


def _by_probability(
    debrief: Debrief, leader: FitProfile, others: Sequence[FitProfile], names: Names
) -> tuple[Word, str]:
    asked = (1 + debrief.comparison.level) / 2
    nearest = min(others, key=lambda each: leader.rank.ahead_of.get(each.candidate, 0.0))
    share = leader.rank.ahead_of.get(nearest.candidate, 0.0)
    open_gate = next((gate.criterion for gate in leader.gates if gate.state is not BarState.PASSED), None)
    word = _undecided()
    if share < LEANING:
        sentence = _("{name} and {other} cannot be told apart: the chance that {name} is ahead is {share} %.")
    elif share < asked:
        sentence = _("{name} is ahead of {other} with {share} %, short of the {asked} % asked for.")
    elif open_gate is not None:
        sentence = _("{name} is ahead with {share} %, but whether the bar of {criterion} is reached is open.")
    elif debrief.rubric.policy.recommend and not leader.recommendation.policy:
        sentence = _(
            "{name} is ahead with {share} %, but too little is rated for the rubric's policy to recommend anything."
        )
    elif debrief.rubric.policy.recommend and leader.recommendation.policy not in _WORTH_HIRING:
        sentence = _("{name} is ahead with {share} %, but the rubric's policy does not recommend to hire.")
    else:
        word = _decided(debrief)
        sentence = _("{name} is ahead of {other}, the nearest, with {share} %: {asked} % is asked for.")
    return word, sentence.format(
        name=names[leader.candidate],
        other=names[nearest.candidate],
        share=show_chance(share, short_of=asked),
        asked=round(100 * asked),
        criterion=debrief.comparison.criterion_names.get(open_gate or "", open_gate),
    )


def _by_order(leader: FitProfile, others: Sequence[FitProfile], names: Names, language: str) -> tuple[Word, str]:
    """Say it where it is not known how probable each order is: nobody is ranked, or too many are for all pairs."""
    if leader.rank.position is None:
        return _undecided(), _("Not all candidates share interviewers, so not all can be ranked together.")
    name, close = names[leader.candidate], _close(leader, others, names)
    if close:
        sentence = _(
            "{name} has the highest score of those who miss no required bar, but cannot be told apart from {others}."
        )
        return _undecided(), sentence.format(name=name, others=join_names(close, language))
    return _undecided(), _("{name} has the highest score of those who miss no required bar.").format(name=name)


def _close(leader: FitProfile, others: Sequence[FitProfile], names: Names) -> list[str]:
    able = {each.candidate for each in others}
    return [names[other] for other in leader.rank.not_separable_from if other in able]


def _by_means(leader: FitProfile, others: Sequence[FitProfile], names: Names, language: str) -> tuple[Word, str]:
    word = Word(_("Plain means decide nothing by themselves"), Tone.CAUTION)
    name = names[leader.candidate]
    close, of_all = _close(leader, others, names), leader.rank.position == 1
    if close:
        sentence = (
            _("{name} has the highest mean, but cannot be told apart from {others}.")
            if of_all
            else _(
                "{name} has the highest mean of those who miss no required bar, but cannot be told apart from {others}."
            )
        )
        return word, sentence.format(name=name, others=join_names(close, language))
    sentence = (
        _("{name} has the highest mean; how sure that is, plain means do not tell.")
        if of_all
        else _(
            "{name} has the highest mean of those who miss no required bar; how sure that is, plain means do not tell."
        )
    )
    return word, sentence.format(name=name)


def _chances(comparison: Comparison, able: Sequence[FitProfile], names: Names) -> Chances | None:
    """Draw the chance of being the best, where the two first take nearly all of it."""
    ranked = sorted(able, key=lambda each: -(each.rank.p_best or 0))[:2]
    if len(ranked) < 2 or any(each.rank.p_best is None for each in ranked):  # noqa: PLR2004 - two
        return None
    asked = (1 + comparison.level) / 2
    parts = tuple(
        (
            names[each.candidate],
            _("{share} %").format(share=show_chance(each.rank.p_best or 0, short_of=asked)),
            each.rank.p_best or 0.0,
        )
        for each in ranked
    )
    return Chances(
        _("Chance of being the best"), parts, asked, _("{asked} % asked for").format(asked=round(100 * asked))
    )


def _still_to_come(held: Held, interviewer: str, name: str) -> str:
    if held.rated is None:
        return _("{interviewer} on {name}").format(interviewer=interviewer, name=name)
    return _("{interviewer} on {name} ({n} of {all} questions)").format(
        interviewer=interviewer, name=name, n=held.rated, all=held.questions
    )


def _points(
    debrief: Debrief, profiles: Sequence[FitProfile], names: Names, people: Names, owed: Sequence[Held], language: str
) -> Iterator[tuple[str, str]]:
    """Say what would settle it, what a wrong choice would cost, and who misses or may miss a required bar."""
    stop = LANGUAGES[language].stop if language == "zh" else " "
    if owed:
        missing = [_still_to_come(each, people[each.interviewer], names[each.candidate]) for each in owed]
        yield _("Scorecards still to come"), join_things(missing, language, most=_FEW)
    regrets = debrief.comparison.model.details.get("expected_regret") if debrief.comparison.model else None
    if isinstance(regrets, Mapping) and debrief.candidate is None and len(profiles) > 1:
        known = [(each.candidate, regrets.get(each.candidate)) for each in profiles[:_FEW]]
        costs = [
            _("{name} {points}").format(name=names[candidate], points=show_cell(Number(points, 2)))
            for candidate, points in known
            if points is not None
        ]
        sentence = _("Levels given up on average by choosing: {costs}.")
        yield _("What a wrong choice would cost"), sentence.format(costs=join_names(costs, language, most=_FEW))
    told = list(_gate_sentences(debrief.comparison, profiles, names))
    if told:
        yield _("Required criteria"), stop.join(told[:_FEW])


def _gate_sentences(comparison: Comparison, profiles: Sequence[FitProfile], names: Names) -> Iterator[str]:
    for profile in profiles:
        for gate in profile.gates:
            words = {
                BarState.FAILED: _("{name} misses the bar of {criterion}{chance}."),
                BarState.OPEN: _("{name}: the bar of {criterion} is open{chance}."),
                BarState.UNRATED: _("{name} was not rated on {criterion}."),
            }.get(gate.state)
            if words:
                criterion = comparison.criterion_names.get(gate.criterion, gate.criterion)
                chance = ""
                if gate.probability is not None:
                    share = show_chance(gate.probability, is_open=gate.state is BarState.OPEN)
                    chance = _(" ({share} % likely to reach it)").format(share=share)
                yield words.format(name=names[profile.candidate], criterion=criterion, chance=chance)
