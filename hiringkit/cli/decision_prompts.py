"""What `hiringkit decision` asks: a level for each candidate, and what a closing puts on record."""

from collections.abc import Callable, Mapping

from attrs import evolve

from hiringkit.actions.closings import Choice, overridden
from hiringkit.actions.decisions import show_decision
from hiringkit.actions.votes import ABSTAIN, revote, vote
from hiringkit.cli.prompts import Back, Left, ask, ask_until, tell
from hiringkit.cli.session import Session
from hiringkit.domain.decision import HOLISTIC, DecisionView, VotingStage
from hiringkit.domain.level import read_level, write_level
from hiringkit.errors import Refused
from hiringkit.locale import _
from hiringkit.report.views.decision import decision_page, override_words
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly

STOPPED = Sentence("nothing was recorded")


def ask_for_votes(session: Session, opening: str, criterion: str | None, *, reason: str | None) -> None:
    """Ask for a vote on one criterion, or on each that the user has not voted on; `q` leaves the rest."""
    view = _view(session, opening)
    wanted = [criterion] if criterion is not None else _unvoted(view)
    if not wanted:
        tell(_("You have voted on all that can be voted on now."))
    for each in wanted:
        try:
            levels = _ask_levels(session, view, each)
            why = reason if reason is not None else _ask_why()
        except Left:
            return
        held = view.decision.ballot(each, 1, str(view.viewer))
        seen = held.revision if held else 0
        vote(session.store(), session.actor, opening, each, levels, reason=why, replacing=seen)


def ask_for_revotes(session: Session, opening: str, criterion: str, *, reason: str | None, exception: str) -> None:
    """Ask for a vote after the discussion; Enter keeps the level of before."""
    view = _view(session, opening)
    try:
        levels = _ask_levels(session, view, criterion)
        why = reason if reason is not None else _ask_why()
    except Left:
        return
    revote(session.store(), session.actor, opening, criterion, levels, reason=why, exception=exception)


def _view(session: Session, opening: str) -> DecisionView:
    return show_decision(session.store(), session.actor, opening)


def _unvoted(view: DecisionView) -> list[str]:
    """Return what is to be voted on, holistic judgement only once everything else is settled."""
    decision = view.decision
    criteria = [each.id for each in decision.criteria if each.id != HOLISTIC]
    if decision.holistic and all(decision.stage(each) is VotingStage.SETTLED for each in criteria):
        criteria = [HOLISTIC]
    return [
        each
        for each in criteria
        if decision.stage(each) is VotingStage.VOTING and not decision.ballot(each, 1, str(view.viewer))
    ]


def _ask_levels(session: Session, view: DecisionView, criterion: str) -> dict[str, str]:
    """Ask for a level for each candidate.

    Raises:
        Left: The user goes, or the input ends.
    """
    known = {each.id: each for each in view.rubric.criteria}
    if found := known.get(criterion):
        tell(f"{found.name.in_language(session.language)}: {found.definition.in_language(session.language)}")
    elif criterion == HOLISTIC:
        tell(_("Holistic judgement: the candidate as a whole."))
    scale = view.rubric.scale
    tell(
        _("Levels: {levels}; a abstains, b goes back, q leaves.").format(
            levels=", ".join(map(write_level, scale.values))
        )
    )
    last = view.decision.votes(criterion) if criterion in {each.id for each in view.decision.criteria} else {}
    own = {candidate: level for (voter, candidate), level in last.items() if voter == view.viewer}
    wanted = [each for each in view.candidates if not each.withdrawn_at]
    given: dict[str, str] = {}
    place = 0
    while place < len(wanted):
        each = wanted[place]
        held = own.get(each.id) if each.id in own else None
        prompt = f"{each.name} [{write_level(held)}]" if held is not None else each.name
        try:
            answer = ask_until(
                prompt, _level_reader(scale.values, has_level=each.id in own), _("A level, or a to abstain.")
            )
        except Back:
            place = max(place - 1, 0)
            continue
        if answer:
            given[each.id] = answer
        place += 1
    return given


def _level_reader(scale: tuple[int | float, ...], *, has_level: bool) -> Callable[[str], str | None]:
    def read(line: str) -> str | None:
        word = typed_plainly(line).casefold()
        if word in ("a", ABSTAIN):
            return ABSTAIN
        if not word:
            return "" if has_level else None
        level = read_level(line, scale)
        return None if level is None else write_level(level)

    return read


def _ask_why() -> str | None:
    """Ask why; nothing keeps what was said before."""
    try:
        return ask(_("Why, in a sentence (Enter for nothing)")) or None
    except Back:
        return None


def ask_for_choice(session: Session, opening: str, given: Choice, *, nobody: bool) -> tuple[Choice, int]:
    """Ask for what a closing needs and was not given.

    Returns:
        The whole choice, and the revision of the decision that was looked at.

    Raises:
        Refused: The user left.
    """
    view = _view(session, opening)
    try:
        choice = _whole_choice(session, view, given, nobody=nobody)
    except (Left, Back):
        raise Refused(STOPPED) from None
    return choice, view.decision.revision


def _whole_choice(session: Session, view: DecisionView, given: Choice, *, nobody: bool) -> Choice:
    decided_by = given.decided_by or _ask_text(_("Who decided"))
    candidate = given.candidate
    if candidate is None and not nobody:
        candidate = _ask_candidate(view)
    names = {each.id: each.name.in_language(session.language) for each in view.rubric.criteria}
    reasons = dict(given.reasons)
    for each in view.decision.criteria:
        if each.id not in reasons:
            name = names.get(each.id, _("Holistic judgement"))
            reasons[each.id] = _ask_text(_("Why, on: {criterion}").format(criterion=name))
    return evolve(
        given,
        decided_by=decided_by,
        candidate=candidate,
        reasons=reasons,
        overrides=_ask_overrides(session, view, candidate, given.overrides),
        dissents=given.dissents or _ask_dissents(view),
    )


def _ask_text(prompt: str) -> str:
    return ask_until(prompt, lambda line: line or None, _("Something has to be said here."))


def _ask_candidate(view: DecisionView) -> str | None:
    words: dict[str, str] = {}
    for each in view.candidates:
        words |= {each.id.casefold(): each.id, each.name.casefold(): each.id}
    shown = ", ".join(each.id for each in view.candidates if not each.withdrawn_at)
    prompt = _("For whom ({names}; - for nobody)").format(names=shown)
    words["-"] = "-"
    found = ask_until(prompt, lambda line: words.get(line.casefold()), _("One of these."))
    return None if found == "-" else found


def _ask_overrides(
    session: Session, view: DecisionView, candidate: str | None, given: Mapping[str, str]
) -> dict[str, str]:
    """Ask why, for each thing that the choice goes against."""
    overrides = dict(given)
    if view.comparison is None:
        return overrides
    page = decision_page(view, session.language)
    for name in overridden(view.decision, candidate, view.comparison):
        if name not in overrides:
            overrides[name] = _ask_text(
                _("The choice goes against {name}; why").format(name=override_words(page, name))
            )
    return overrides


def _ask_dissents(view: DecisionView) -> dict[str, str]:
    dissents = {}
    for each in view.voters:
        if text := ask(_("Dissent of {name} (Enter for none)").format(name=each.name)):
            dissents[each.id] = text
    return dissents
