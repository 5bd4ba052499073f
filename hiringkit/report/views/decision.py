"""A decision: where it stands, and the memo that defends it later; both say only what their reader may see."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.decision import (
    COMPARISON,
    HOLISTIC,
    VOTES,
    Ballot,
    Closing,
    ClosingStatement,
    DecisionException,
    DecisionState,
    DecisionView,
    ExceptionKind,
    PanelDecision,
    StatementKind,
    VotingStage,
)
from hiringkit.domain.interview import Opening
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.profile import BarState
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word, figure, plain
from hiringkit.report.words import bar_word, distinct_names, moment, not_ranked, zoned

SCORE_DIGITS = 2


@frozen
class DecisionPage:
    """A decision with the names in which people read it."""

    decision: PanelDecision
    opening: Opening
    criteria: Mapping[str, str]
    candidates: Mapping[str, str]
    voters: Mapping[str, str]
    withdrawn: frozenset[str]
    viewer: str | None
    """The interviewer who looks; None for a recruiter."""
    comparison: Mapping[str, Any] | None
    """`hiringkit/comparison/1`, where it may stand beside the votes."""
    digest: str
    """Of the comparison as it is now; empty where none is shown."""
    is_ranked: bool
    """Whether the opening puts its candidates in an order."""

    def score(self, candidate: str, round_: int | None = None) -> float | None:
        """Return what the votes for a candidate come to, as `PanelDecision.score`; None where nobody is ranked."""
        return self.decision.score(candidate, round_) if self.is_ranked else None

    def profile(self, candidate: str) -> Mapping[str, Any] | None:
        """Return a candidate's part of the comparison."""
        found = self.comparison["profiles"] if self.comparison else ()
        return next((each for each in found if each["candidate"] == candidate), None)


def decision_page(view: DecisionView, language: str) -> DecisionPage:
    """Put the names to a decision.

    Args:
        view: The decision as far as the reader may see it.
        language: en or zh, for the names of criteria.
    """
    decision = view.decision
    names = {each.id: each.name.in_language(language) for each in view.rubric.criteria}
    shown = {each.id: names.get(each.id, each.id) for each in decision.criteria}
    return DecisionPage(
        decision=decision,
        opening=view.opening,
        criteria=shown | ({HOLISTIC: _("Holistic judgement")} if decision.holistic else {}),
        candidates=distinct_names((each.id, each.name) for each in view.candidates),
        voters=distinct_names((each.id, each.name) for each in view.voters),
        withdrawn=frozenset(each.id for each in view.candidates if each.withdrawn_at),
        viewer=view.viewer,
        comparison=view.comparison,
        digest=view.digest,
        is_ranked=view.is_ranked,
    )


def decision_report(page: DecisionPage, *, commands: bool = True) -> Report:
    """Show where a decision stands and what comes next.

    Args:
        page: The decision with its names.
        commands: Whether the next step is named as a command.
    """
    decision = page.decision
    blocks: list[Block] = [_standing(page), criteria_table(page)]
    if page.viewer in decision.voters:
        blocks.append(_own_votes(page, str(page.viewer)))
    if decision.is_settled or decision.closing:
        blocks.append(scores_table(page))
    blocks += [*_closing(page), *_discussion(page), *_exceptions(page)]
    if commands:
        blocks.append(Notes((next_step(page),)))
    return Report(
        title=_("Decision: {opening}").format(opening=page.opening.title or page.opening.id),
        blocks=tuple(blocks),
        document={"schema": "hiringkit/decision/1", **_document(page)},
        data=_data(page),
    )


def memo_report(page: DecisionPage) -> Report:
    """Write down what was decided, by whom and why, how the votes went, and what they rest on."""
    blocks = (
        _verdict(page),
        *_reasons(page),
        *_closing(page, reasons=False),
        scores_table(page),
        _rounds(page),
        _moves(page),
        *_discussion(page),
        *_ballot_reasons(page),
        *_exceptions(page, always=True),
        *_earlier(page),
        _basis(page),
        Notes(_replay(page), _("To verify")),
    )
    return Report(
        title=_("Decision memo: {opening}").format(opening=page.opening.title or page.opening.id),
        blocks=blocks,
        document=_memo_document(page),
        data=_data(page),
    )


def state_word(state: DecisionState) -> Word:
    """Say whether a decision still takes votes."""
    words = {
        DecisionState.OPEN: Word(_("open"), Tone.CAUTION),
        DecisionState.CLOSED: Word(_("closed"), Tone.GOOD),
        DecisionState.ABANDONED: Word(_("abandoned"), Tone.QUIET),
    }
    return words[state]


def stage_word(stage: VotingStage) -> Word:
    """Say where the panel stands on a criterion."""
    words = {
        VotingStage.VOTING: Word(_("silent vote"), Tone.CAUTION),
        VotingStage.REVOTING: Word(_("revealed; revote"), Tone.CAUTION),
        VotingStage.SETTLED: Word(_("settled"), Tone.GOOD),
    }
    return words[stage]


def exception_words(kind: ExceptionKind) -> str:
    """Say how a decision departed from the protocol."""
    words = {
        ExceptionKind.MISSING_SCORECARD: _("opened while a scorecard was owed"),
        ExceptionKind.MISSING_VOTE: _("revealed without a vote"),
        ExceptionKind.LATE_VOTE: _("voted after the votes had been revealed"),
        ExceptionKind.LATE_VOTER: _("admitted after the decision had been opened"),
        ExceptionKind.RUBRIC_CHANGED: _("what candidates are rated by changed on the way"),
        ExceptionKind.COMPARISON_CHANGED: _("scorecards or scores changed on the way"),
        ExceptionKind.INCOMPLETE: _("closed without a vote"),
        ExceptionKind.REOPENED: _("taken up again"),
        ExceptionKind.STARTED_ANEW: _("started anew"),
    }
    return words[kind]


def _standing(page: DecisionPage) -> Facts:
    decision = page.decision
    return Facts(
        (
            (_("Opening"), page.opening.id),
            (_("Decision"), Number(decision.number, 0)),
            (_("State"), state_word(decision.state)),
            (zoned(_("Opened")), moment(decision.opened_at)),
            (_("Those who vote"), ", ".join(page.voters[each] for each in decision.voters)),
            (_("Decided on"), ", ".join(_candidate(page, each) for each in decision.candidates)),
            (_("Holistic judgement weighs"), Number(decision.holistic, 0, percent=True)),
        )
    )


def _candidate(page: DecisionPage, candidate: str) -> str:
    name = page.candidates.get(candidate, candidate)
    return _("{name} (withdrawn)").format(name=name) if candidate in page.withdrawn else name


def criteria_table(page: DecisionPage) -> Table:
    """Show each criterion with its frozen weight, where it stands, and the mean of what is revealed by candidate."""
    decision = page.decision
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("id", _("Id")),
        Column("weight", _("Weight")),
        Column("stage", _("Stage")),
        *(Column(each, page.candidates[each]) for each in decision.candidates),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            page.criteria[each.id],
            Word(each.id),
            Number(each.weight, 1, percent=True),
            stage_word(decision.stage(each.id)),
            *(Number(decision.mean(each.id, candidate), SCORE_DIGITS) for candidate in decision.candidates),
        )
        for each in decision.criteria
    ]
    return Table(columns, tuple(rows), _("Criteria, and the mean of the votes that are revealed"))


def _own_votes(page: DecisionPage, viewer: str) -> Table:
    decision = page.decision
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("round", _("Round")),
        Column("state", _("State")),
        *(Column(each, page.candidates[each]) for each in decision.candidates),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            page.criteria[each.id],
            Number(ballot.round, 0),
            Word(_("sealed") if decision.is_sealed(ballot) else _("revealed")),
            *(_level(ballot.levels[c]) if c in ballot.levels else Word("-") for c in decision.candidates),
        )
        for each in decision.criteria
        for ballot in decision.ballots
        if ballot.criterion == each.id and ballot.voter == viewer
    ]
    return Table(columns, tuple(rows), _("Your votes"), _("You have not voted yet."))


def _level(level: LevelNumber | None) -> Word:
    return Word(_("abstains"), Tone.QUIET) if level is None else Word(write_level(level))


def scores_table(page: DecisionPage) -> Table:
    """Show what the votes come to, beside the comparison of the scorecards; only gates where nobody is ranked."""
    decision = page.decision
    columns = (
        Column("candidate", _("Candidate"), wrap=True),
        *(
            (
                Column("first", _("First votes")),
                Column("final", _("Final votes")),
                *((Column("holistic", _("of it holistic")),) if decision.holistic else ()),
                Column("score", _("Scorecards")),
                Column("position", _("Rank by scorecards")),
            )
            if page.is_ranked
            else ()
        ),
        Column("gates", _("Gates not passed"), wrap=True),
    )

    def row(candidate: str) -> tuple[Cell, ...]:
        profile = page.profile(candidate)
        totals = (
            Number(page.score(candidate, 1), SCORE_DIGITS),
            Number(page.score(candidate), SCORE_DIGITS),
            *((Number(decision.mean(HOLISTIC, candidate), SCORE_DIGITS),) if decision.holistic else ()),
            Number(profile["overall"]["score"] if profile else None, SCORE_DIGITS),
            Number(profile["rank"]["position"] if profile else None, 0),
        )
        return (
            _candidate(page, candidate),
            *(totals if page.is_ranked else ()),
            _gates(page, profile) if profile else "-",
        )

    caption = _("What the votes come to, beside the comparison; neither of them decides")
    if not page.is_ranked:
        caption = not_ranked()
    return Table(columns, tuple(map(row, decision.candidates)), caption)


def _gates(page: DecisionPage, profile: Mapping[str, Any]) -> str:
    missed = [each for each in profile["gates"] if each["state"] != BarState.PASSED]
    names = (
        _("{criterion}: {state}").format(
            criterion=page.criteria.get(each["criterion"], each["criterion"]),
            state=bar_word(BarState(each["state"]), each["probability"]).text,
        )
        for each in missed
    )
    return "; ".join(names) or "-"


def _verdict(page: DecisionPage) -> Facts:
    decision, closing = page.decision, page.decision.closing
    facts: list[tuple[str, Cell]] = []
    if closing:
        facts = [
            (_("Decided for"), Word(_chosen(page, closing), Tone.GOOD if closing.candidate else Tone.CAUTION)),
            (_("Decided by"), closing.decided_by),
            (zoned(_("Closed")), moment(closing.at)),
            (_("Recorded by"), closing.by or "-"),
        ]
    return Facts(
        (
            *facts,
            (_("State"), state_word(decision.state)),
            (_("Opening"), page.opening.id),
            (_("Decision"), Number(decision.number, 0)),
            (zoned(_("Opened")), moment(decision.opened_at)),
            (_("Opened by"), decision.opened_by or "-"),
        ),
        _("What was decided"),
    )


def _chosen(page: DecisionPage, closing: Closing) -> str:
    return _("nobody") if closing.candidate is None else page.candidates.get(closing.candidate, closing.candidate)


def _reasons(page: DecisionPage) -> Iterator[Block]:
    if page.decision.closing:
        columns = (
            Column("criterion", _("Criterion"), wrap=True),
            Column("weight", _("Weight")),
            Column("reason", _("Reason"), wrap=True),
        )
        weights = {each.id: each.weight for each in page.decision.criteria}
        rows = tuple(
            (page.criteria.get(each.criterion, each.criterion), _weight(weights, each), each.text)
            for each in page.decision.closing.said(StatementKind.REASON)
        )
        yield Table(columns, rows, _("Why, criterion by criterion"))


def _weight(weights: Mapping[str, float], statement: ClosingStatement) -> Number:
    return Number(weights.get(statement.criterion), 1, percent=True)


def _closing(page: DecisionPage, *, reasons: bool = True) -> Iterator[Block]:
    """Say what was decided, against what, and who disagreed."""
    closing = page.decision.closing
    if closing is None:
        return
    if reasons:
        yield _verdict(page)
    overrides = closing.said(
        StatementKind.OVERRIDE_COMPARISON, StatementKind.OVERRIDE_VOTES, StatementKind.OVERRIDE_GATE
    )
    columns = (Column("what", _("What is overridden"), wrap=True), Column("reason", _("Reason"), wrap=True))
    rows: list[tuple[Cell, ...]] = [(_override(page, each), each.text) for each in overrides]
    nothing = _("The choice overrides neither an order nor a gate.")
    nothing = nothing if page.is_ranked else _("The choice overrides no gate.")
    yield Table(columns, tuple(rows), _("Overrides"), nothing)
    columns = (Column("voter", _("Who"), wrap=True), Column("reason", _("Reason"), wrap=True))
    rows = [(page.voters.get(each.voter, each.voter), each.text) for each in closing.said(StatementKind.DISSENT)]
    yield Table(columns, tuple(rows), _("Dissent"), _("Nobody put a dissent on record."))


def _override(page: DecisionPage, statement: ClosingStatement) -> str:
    names = {StatementKind.OVERRIDE_COMPARISON: COMPARISON, StatementKind.OVERRIDE_VOTES: VOTES}
    return override_words(page, names.get(statement.kind, statement.criterion))


def override_words(page: DecisionPage, name: str) -> str:
    """Say what a choice goes against: `comparison`, `votes` or the criterion of a gate."""
    words = {COMPARISON: _("the order of the comparison"), VOTES: _("the order of the votes")}
    return words.get(name) or _("the gate {criterion}").format(criterion=page.criteria.get(name, name))


def _rounds(page: DecisionPage) -> Table:
    """Show every vote of the first round and what became of it."""
    decision = page.decision
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("candidate", _("Candidate"), wrap=True),
        *(Column(each, page.voters[each]) for each in decision.voters),
        Column("first_mean", _("First mean")),
        Column("final_mean", _("Final mean")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            page.criteria[each.id],
            _candidate(page, candidate),
            *_votes_for(page, each.id, candidate),
        )
        for each in decision.criteria
        if decision.revealed(each.id)
        for candidate in decision.candidates
    ]
    return Table(columns, tuple(rows), _("Votes: first round → final"), _("Nothing is revealed yet."))


def _both(decision: PanelDecision, criterion: str, voter: str, candidate: str) -> Cell:
    key = (voter, candidate)
    first, final = decision.votes(criterion, 1), decision.votes(criterion)
    if key not in final:
        return Word("-", Tone.QUIET)
    after = _level(final[key])
    before = _level(first[key]) if key in first else Word(_("late"))
    if before.text == after.text:
        return after
    return Word(_("{before} → {after}").format(before=before.text, after=after.text), Tone.CAUTION)


def _moves(page: DecisionPage) -> Table:
    columns = (
        Column("voter", _("Who"), wrap=True),
        Column("criterion", _("Criterion"), wrap=True),
        Column("candidate", _("Candidate"), wrap=True),
        Column("before", _("Before")),
        Column("after", _("After")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            page.voters[move.voter],
            page.criteria[move.criterion],
            _candidate(page, move.candidate),
            _level(move.before),
            _level(move.after),
        )
        for move in page.decision.moves()
    ]
    return Table(columns, tuple(rows), _("Whom the discussion moved"), _("Nobody changed a vote."))


def _discussion(page: DecisionPage) -> Iterator[Block]:
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("note", _("Note"), wrap=True),
        Column("at", zoned(_("When"))),
        Column("by", _("By")),
    )
    rows: list[tuple[Cell, ...]] = [
        (page.criteria.get(each.criterion, each.criterion), each.text, Word(moment(each.at)), each.by or "-")
        for each in page.decision.notes
    ]
    if rows:
        yield Table(columns, tuple(rows), _("Discussion"))


def votes_table(page: DecisionPage, criterion: str) -> Table:
    """Show every revealed vote on a criterion, with what became of it and the mean."""
    decision = page.decision
    columns = (
        Column("candidate", _("Candidate"), wrap=True),
        *(Column(each, page.voters[each]) for each in decision.voters),
        Column("first_mean", _("First mean")),
        Column("final_mean", _("Final mean")),
    )
    rows: list[tuple[Cell, ...]] = [
        (_candidate(page, candidate), *_votes_for(page, criterion, candidate)) for candidate in decision.candidates
    ]
    return Table(columns, tuple(rows), _("Votes: first round → final"))


def _votes_for(page: DecisionPage, criterion: str, candidate: str) -> Iterator[Cell]:
    decision = page.decision
    yield from (_both(decision, criterion, voter, candidate) for voter in decision.voters)
    yield Number(decision.mean(criterion, candidate, 1), SCORE_DIGITS)
    yield Number(decision.mean(criterion, candidate), SCORE_DIGITS)


def _ballot_reasons(page: DecisionPage) -> Iterator[Block]:
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("voter", _("Who"), wrap=True),
        Column("round", _("Round")),
        Column("reason", _("Reason"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (page.criteria[each.id], page.voters[ballot.voter], Number(ballot.round, 0), ballot.reason)
        for each in page.decision.criteria
        for ballot in _revealed(page.decision, each.id)
        if ballot.reason
    ]
    if rows:
        yield Table(columns, tuple(rows), _("Reasons given with votes"))


def _revealed(decision: PanelDecision, criterion: str) -> Iterator[Ballot]:
    for round_ in range(1, decision.revealed(criterion) + 1):
        yield from decision.cast(criterion, round_)


def _exceptions(page: DecisionPage, *, always: bool = False) -> Iterator[Block]:
    columns = (
        Column("exception", _("Exception"), wrap=True),
        Column("about", _("About"), wrap=True),
        Column("reason", _("Reason"), wrap=True),
        Column("at", zoned(_("When"))),
        Column("by", _("By")),
    )
    rows: list[tuple[Cell, ...]] = [
        (exception_words(each.kind), _about(page, each), each.reason, Word(moment(each.at)), each.by or "-")
        for each in page.decision.exceptions
    ]
    if rows or always:
        yield Table(columns, tuple(rows), _("Exceptions to the protocol"), _("The protocol was kept throughout."))


def _about(page: DecisionPage, exception: DecisionException) -> str:
    subject = page.voters.get(exception.subject, exception.subject)
    return ", ".join(filter(None, (page.criteria.get(exception.criterion, exception.criterion), subject))) or "-"


def _earlier(page: DecisionPage) -> Iterator[Block]:
    """Show closings that were taken back."""
    current = page.decision.closing
    earlier = [each for each in page.decision.closings if each is not current]
    columns = (
        Column("at", zoned(_("Closed"))),
        Column("candidate", _("Decided for"), wrap=True),
        Column("decided_by", _("Decided by"), wrap=True),
        Column("comparison", _("Comparison"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (Word(moment(each.at)), _chosen(page, each), each.decided_by, each.comparison) for each in earlier
    ]
    if rows:
        yield Table(columns, tuple(rows), _("Decided before, and taken up again"))


def _basis(page: DecisionPage) -> Facts:
    decision = page.decision
    rubric, closing = decision.rubric, decision.closing
    compared = page.comparison
    return Facts(
        (
            (_("Rubric"), f"{rubric.id} {rubric.version}"),
            (_("Digest of the rubric"), rubric.digest),
            (_("Weights frozen"), moment(decision.opened_at)),
            (_("Holistic judgement weighs"), Number(decision.holistic, 0, percent=True)),
            (_("Questions left out"), ", ".join(decision.dropped) or "-"),
            (_("Those who vote"), ", ".join(page.voters[each] for each in decision.voters)),
            (_("Decided on"), ", ".join(_candidate(page, each) for each in decision.candidates)),
            (_("Comparison when opened"), decision.comparison),
            *([(_("Comparison when closed"), closing.comparison)] if closing else []),
            *([(_("Method of the comparison"), str(compared["method"]))] if compared else []),
        ),
        _("What it rests on"),
    )


def _replay(page: DecisionPage) -> tuple[str, ...]:
    closing = page.decision.closing
    told = [
        _(
            "The comparison is what this prints: {command}. Its digest is SHA-256 over that JSON with keys in order and"
            " no blanks; docs/decisions.md has the line that computes it."
        ).format(command=replay_command(page.opening.id)),
    ]
    if closing and page.digest:
        told.append(
            _("Compared again now, the digest is the same.")
            if page.digest == closing.comparison
            else _("Compared again now, the digest is {digest}: scorecards have changed since.").format(
                digest=page.digest
            )
        )
    told.append(
        _("Every step is in the audit log: {command}").format(
            command=f"hiringkit audit log --opening {page.opening.id}"
        )
    )
    return tuple(told)


def replay_command(opening: str) -> str:
    """Return the command that prints the comparison that a decision pins."""
    return f"hiringkit --lang en compare {opening} -f json"


def next_step(page: DecisionPage) -> str:
    """Say what is to be done next."""
    decision, opening = page.decision, page.opening.id
    if decision.state is DecisionState.CLOSED:
        return _("Next: hiringkit decision memo {opening} -o memo.html").format(opening=opening)
    for each in decision.criteria:
        stage = decision.stage(each.id)
        place = {"opening": opening, "criterion": each.id}
        if stage is VotingStage.VOTING:
            if page.viewer in decision.voters and decision.ballot(each.id, 1, str(page.viewer)) is None:
                return _("Next: hiringkit decision vote {opening} {criterion}").format(**place)
            return _("Once everybody has voted: hiringkit decision reveal {opening} {criterion}").format(**place)
        if stage is VotingStage.REVOTING:
            return _(
                "Talk about it, then: hiringkit decision revote {opening} {criterion}; or settle it as it is: hiringkit"
                " decision reveal {opening} {criterion}"
            ).format(**place)
    return _("Next: hiringkit decision close {opening}").format(opening=opening)


def _document(page: DecisionPage) -> dict[str, Any]:
    decision = page.decision
    closing = decision.closing
    return {
        "opening": decision.opening,
        "number": decision.number,
        "state": decision.state.value,
        "revision": decision.revision,
        "opened_at": plain(decision.opened_at),
        "opened_by": decision.opened_by,
        "rubric": plain(decision.rubric),
        "holistic": figure(decision.holistic),
        "comparison": {"opened": decision.comparison, "now": page.digest or None},
        "ranking": RankingPolicy.ON if page.is_ranked else RankingPolicy.OFF,
        "criteria": [
            {
                "criterion": each.id,
                "name": page.criteria[each.id],
                "weight": figure(each.weight),
                "stage": decision.stage(each.id).value,
                "revealed": decision.revealed(each.id),
                "rounds": each.rounds,
                "means": _means(decision, each.id),
            }
            for each in decision.criteria
        ],
        "candidates": [_candidate_document(page, each) for each in decision.candidates],
        "voters": [{"voter": each, "name": page.voters[each]} for each in decision.voters],
        "ballots": [plain(each) | {"sealed": decision.is_sealed(each)} for each in decision.ballots],
        "reveals": plain(decision.reveals),
        "notes": plain(decision.notes),
        "exceptions": plain(decision.exceptions),
        "closing": _closing_document(closing) if closing else None,
    }


def _means(decision: PanelDecision, criterion: str) -> list[dict[str, Any]]:
    return [
        {
            "candidate": each,
            "first": figure(decision.mean(criterion, each, 1)),
            "final": figure(decision.mean(criterion, each)),
        }
        for each in decision.candidates
    ]


def _candidate_document(page: DecisionPage, candidate: str) -> dict[str, Any]:
    profile = page.profile(candidate)
    return {
        "candidate": candidate,
        "name": page.candidates[candidate],
        "withdrawn": candidate in page.withdrawn,
        "first": figure(page.score(candidate, 1)),
        "final": figure(page.score(candidate)),
        "comparison": {"score": profile["overall"]["score"], "position": profile["rank"]["position"]}
        if profile
        else None,
    }


def _closing_document(closing: Closing) -> dict[str, Any]:
    return {
        "number": closing.number,
        "at": plain(closing.at),
        "by": closing.by,
        "decided_by": closing.decided_by,
        "candidate": closing.candidate,
        "comparison": closing.comparison,
        "statements": plain(closing.statements),
    }


def _memo_document(page: DecisionPage) -> dict[str, Any]:
    decision = page.decision
    return {
        "schema": "hiringkit/decision-memo/1",
        "decision": _document(page),
        "moves": plain(tuple(decision.moves())),
        "closings": [_closing_document(each) for each in decision.closings],
        "comparison": page.comparison,
        "replay": {"command": replay_command(page.opening.id), "digest": page.digest or None},
    }


def _data(page: DecisionPage) -> Table:
    """Return every vote that may be seen, a row each; its keys are the same in every language."""
    keys = ("criterion", "round", "voter", "candidate", "level", "sealed", "cast_at", "reason")
    rows: list[tuple[Cell, ...]] = [
        (
            ballot.criterion,
            Number(ballot.round, 0),
            ballot.voter,
            candidate,
            "abstain" if level is None else write_level(level),
            "yes" if page.decision.is_sealed(ballot) else "no",
            ballot.at.isoformat(),
            ballot.reason,
        )
        for each in page.decision.criteria
        for round_ in range(1, each.rounds + 1)
        for ballot in page.decision.cast(each.id, round_)
        for candidate, level in ballot.levels.items()
    ]
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))
