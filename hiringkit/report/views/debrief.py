"""A debrief in the order in which a panel needs it: the decision first, what stands behind each figure last."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise

from attrs import frozen

from hiringkit.domain.debrief import Answer, Audience, Debrief, Held
from hiringkit.domain.interview import InterviewState, Mark
from hiringkit.domain.level import write_level
from hiringkit.domain.profile import BarState, CriterionScore, FitProfile, Gate, Method
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Criterion
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Notes, Number, Report, Table, Word
from hiringkit.report.page import (
    Card,
    Cards,
    Dots,
    Figure,
    Fold,
    Heard,
    PageBlock,
    PageSection,
    PanelSplit,
    QuestionBlocks,
    Quote,
    Remark,
    Tally,
    as_text,
)
from hiringkit.report.values import figure, plain, show_cell, show_interval, write_number
from hiringkit.report.views.charts import DRAWN, forest_of, heat_map, severity_forest
from hiringkit.report.views.comparison import method_sentence
from hiringkit.report.views.debrief_sheets import debrief_sheets
from hiringkit.report.views.documents import comparison_document
from hiringkit.report.views.verdict import verdict
from hiringkit.report.words import (
    distinct_names,
    finding_sentence,
    join_names,
    moment,
    rating_cell,
    recommendation_word,
)
from hiringkit.text.cells import cut
from hiringkit.text.language import LANGUAGES

SPLITS = {Audience.PANEL: 8, Audience.HIRING_MANAGER: 8, Audience.FILE: 40}
"""Questions with the panel far apart that are shown side by side; for the file, the others are listed."""
LEVELS_APART = 2
"""Steps of the scale from which on two ratings of one question are far apart."""
_MATRIX = 8
"""Candidates up to whom everybody is held against everybody."""
_LISTED = 10
_MOST_LISTED = 100
"""Questions in a list of splits without evidence."""
_QUESTION = 90
"""Cells of a question that stands below what was said."""


def debrief_report(debrief: Debrief, language: str = "en") -> Report:
    """Write a debrief.

    Args:
        debrief: What it is written from.
        language: en or zh.
    """
    view = _View(debrief, language)
    return Report(
        title=view.title,
        blocks=lambda: as_text(view.blocks),
        document=lambda: _document(view),
        data=lambda: _answers_table(view),
        page=lambda: view.blocks,
        sheets=lambda: debrief_sheets(debrief, view.profiles),
        above=view.above,
        foot=view.foot,
    )


@frozen(slots=False)
class _View:
    """A debrief with what its sections look up again and again."""

    debrief: Debrief
    language: str

    @cached_property
    def names(self) -> Mapping[str, str]:
        return distinct_names((each.candidate, each.name) for each in self.debrief.comparison.profiles)

    @cached_property
    def people(self) -> Mapping[str, str]:
        return distinct_names(self.debrief.people.items())

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        return {each.id: each for each in self.debrief.rubric.asked if each.id not in self.debrief.dropped}

    @cached_property
    def profiles(self) -> tuple[FitProfile, ...]:
        """Those whom it is about."""
        asked_for = self.debrief.candidate
        return tuple(each for each in self.debrief.comparison.profiles if asked_for in (None, each.candidate))

    @cached_property
    def answers(self) -> Mapping[str, tuple[Answer, ...]]:
        """By candidate."""
        found: dict[str, list[Answer]] = {each.candidate: [] for each in self.profiles}
        for answer in self.debrief.answers:
            if answer.candidate in found:
                found[answer.candidate].append(answer)
        return {candidate: tuple(answers) for candidate, answers in found.items()}

    @cached_property
    def owed(self) -> tuple[Held, ...]:
        """Interviews whose scorecards are not in."""
        return tuple(each for each in self.interviews if each.state is not InterviewState.SUBMITTED)

    @cached_property
    def interviews(self) -> tuple[Held, ...]:
        return tuple(each for each in self.debrief.interviews if each.candidate in self.answers)

    @cached_property
    def apart(self) -> "tuple[SplitQuestion, ...]":
        """Questions on which two interviewers are far apart about a candidate, the widest first."""
        return tuple(_far_apart(self))

    @property
    def title(self) -> str:
        if self.debrief.candidate and self.profiles:
            return _("Debrief: {name}").format(name=self.names[self.profiles[0].candidate])
        return _("Whom do we hire?")

    @property
    def above(self) -> str:
        opening = self.debrief.opening
        made = _("made {time} UTC").format(time=moment(self.debrief.made_at))
        return " · ".join(filter(None, (opening.title, _("opening {id}").format(id=opening.id), made)))

    @property
    def foot(self) -> str:
        rubric = self.debrief.rubric
        names = _("names are hidden") if self.debrief.blind else _("confidential: it names people")
        rest = _("rubric {id} {version}").format(id=rubric.id, version=rubric.version)
        return f"hiringkit · {rest} · {self.debrief.opening.digest} · {names}"

    def level_name(self, value: object) -> str:
        levels = self.debrief.rubric.scale.levels
        return next((each.label.in_language(self.language) for each in levels if each.value == value), "")

    def asked(self, question: str) -> str:
        found = self.questions.get(question)
        return found.text.in_language(self.language) if found else question

    def criterion_name(self, criterion: str) -> str:
        return self.debrief.comparison.criterion_names.get(criterion, criterion)

    def joined(self, names: Sequence[str]) -> str:
        return join_names(names, self.language, most=_LISTED)

    @cached_property
    def blocks(self) -> tuple[PageBlock, ...]:
        """The sections, in the order in which a panel needs them."""
        return tuple(
            chain(
                [verdict(self.debrief, self.profiles, self.names, self.people, self.owed, self.language)],
                [_tally(self)],
                _hidden(self),
                _apart(self),
                _asked(self),
                _bars(self),
                _criteria(self),
                _splits(self),
                _recommended(self),
                _evidence(self),
                _effects(self),
                _made(self),
                _next(self),
            )
        )


def _tally(view: _View) -> Tally:
    held, counts = view.interviews, view.debrief.comparison.counts
    submitted = sum(each.state is InterviewState.SUBMITTED for each in held)
    one = view.debrief.candidate is not None
    ratings = sum(len(answers) for answers in view.answers.values()) if one else counts.ratings
    return Tally(
        (
            *(() if one else ((str(len(view.profiles)), _("candidates compared")),)),
            (str(len({each.interviewer for each in held})), _("interviewers on them")),
            (_("{n} of {all}").format(n=submitted, all=len(held)), _("scorecards in")),
            (str(ratings), _("ratings")),
        )
    )


def _hidden(view: _View) -> Iterator[PageBlock]:
    """Say who and what is left out, and what else is to be known of the figures."""
    told = [finding_sentence(each) for each in view.debrief.comparison.findings]
    if view.debrief.candidate:
        told = []  # they may tell of others
    if n := view.debrief.withdrawn:
        told.append(_("Left out because they have withdrawn: {n}.").format(n=n))
    if view.debrief.blind:
        told.append(
            _(
                "Names, e-mail addresses and ids of everybody known to this opening are replaced, in what was written"
                " too. Words such as she or he, and what somebody has done, may still tell who it is."
            )
        )
    if told:
        yield PageSection(_("To know first"), (Notes(tuple(told)),))


def _apart(view: _View) -> Iterator[PageBlock]:
    """Show who is ahead of whom, and by how much."""
    if view.debrief.candidate or not any(each.overall.score is not None for each in view.profiles):
        return
    drawn = view.profiles[:DRAWN]
    figure_ = forest_of(view.debrief.comparison, view.debrief.rubric, drawn, view.names)
    blocks: list[PageBlock] = [figure_]
    if len(drawn) < len(view.profiles):
        blocks.append(_others(view))
    ranked = [each for each in view.profiles if each.rank.ahead_of]
    if len(ranked) > 1:
        blocks.append(_ahead_matrix(view, ranked) if len(ranked) <= _MATRIX else _ahead_list(view, ranked))
    level = round(100 * view.debrief.comparison.level)
    yield PageSection(
        _("How far apart they are"),
        tuple(blocks),
        _(
            "The dot is the score, the band where it lies with {level} % certainty. Where bands overlap much, the order"
            " may be chance. Below: how probable it is that one is ahead of the other."
        ).format(level=level),
    )


def _others(view: _View) -> Table:
    """List those who are not drawn."""
    columns = (Column("name", _("Candidate")), Column("rank", _("Rank")), Column("overall", _("Overall")))
    rows: list[tuple[Cell, ...]] = [
        (view.names[each.candidate], Number(each.rank.position, 0), Number(each.overall.score, 2))
        for each in view.profiles[DRAWN:]
    ]
    return Table(columns, tuple(rows))


def _ahead_matrix(view: _View, ranked: Sequence[FitProfile]) -> Table:
    columns = (
        Column("name", _("Ahead of")),
        *(Column(each.candidate, view.names[each.candidate]) for each in ranked),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            view.names[each.candidate],
            *(Number(each.rank.ahead_of.get(other.candidate), 0, percent=True) for other in ranked),
        )
        for each in ranked
    ]
    return Table(columns, tuple(rows))


def _ahead_list(view: _View, ranked: Sequence[FitProfile]) -> Table:
    """Hold each candidate against the next one only."""
    columns = (
        Column("name", _("Candidate")),
        Column("next", _("Next")),
        Column("share", _("Probability of being ahead")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            view.names[each.candidate],
            view.names[after.candidate],
            Number(each.rank.ahead_of.get(after.candidate), 0, percent=True),
        )
        for each, after in pairwise(ranked[: DRAWN + 1])
    ]
    return Table(columns, tuple(rows))


def _asked(view: _View) -> Iterator[PageBlock]:
    """Show who has not been asked what."""
    signs: dict[str, dict[str, str]] = {}
    for candidate, answers in view.answers.items():
        heard: dict[str, list[Answer]] = {}
        for answer in answers:
            if answer.value is not Mark.NOT_ASSESSED:
                heard.setdefault(answer.question, []).append(answer)
        signs[candidate] = {question: _sign(heard.get(question, ())) for question in view.questions}
    if not view.questions or not signs:
        return
    # those put to nobody come last for everybody, so that gaps are seen as gaps
    nobody = [q for q in view.questions if all(each[q] == "0" for each in signs.values())]
    order = [q for q in view.questions if q not in set(nobody)] + nobody
    drawn = [*signs.items()][:DRAWN]
    rows = tuple((view.names[candidate], _gaps(each), "".join(each[q] for q in order)) for candidate, each in drawn)
    table = Table(
        (Column("name", _("Candidate")), Column("asked", _("Questions"), wrap=True)),
        tuple((view.names[candidate], _sums(each)) for candidate, each in drawn),
    )
    key = (
        ("two", _("asked by two or more")),
        ("one", _("by one")),
        ("nothing", _("asked, no evidence")),
        ("missing", _("not asked")),
    )
    title = _("Questions asked, by candidate")
    blocks: list[PageBlock] = [Figure(QuestionBlocks(title, rows), key, (table,))]
    if told := tuple(_never(view, nobody, signs)):
        blocks.append(Notes(told))
    yield PageSection(
        _("What was never asked"),
        tuple(blocks),
        _("One block for each of the {n} questions. What was not asked is unknown, not bad.").format(
            n=len(view.questions)
        ),
    )


def _sign(heard: Sequence[Answer]) -> str:
    if not heard:
        return "0"
    if any(each.value is Mark.NO_EVIDENCE for each in heard):
        return "x"
    return "2" if len(heard) > 1 else "1"


def _gaps(signs: Mapping[str, str]) -> str:
    missing = list(signs.values()).count("0")
    return _("{n} not asked").format(n=missing) if missing else _("all asked")


def _sums(signs: Mapping[str, str]) -> str:
    words = {
        "2": _("{n} by two or more"),
        "1": _("{n} by one"),
        "x": _("{n} without evidence"),
        "0": _("{n} not asked"),
    }
    counted = [(sign, list(signs.values()).count(sign)) for sign in words]
    return ", ".join(words[sign].format(n=n) for sign, n in counted if n)


def _never(view: _View, nobody: Sequence[str], signs: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Name the questions that were put to nobody, and to some only."""
    if nobody:
        yield _("Put to nobody: {questions}.").format(questions=view.joined(list(nobody)))
    for candidate in [*signs][:DRAWN]:
        missing = [q for q, sign in signs[candidate].items() if sign == "0" and q not in nobody]
        if missing and view.debrief.candidate is None:
            sentence = _("Put to others but not to {name}: {questions}.")
            yield sentence.format(name=view.names[candidate], questions=view.joined(missing))
        if empty := [q for q, sign in signs[candidate].items() if sign == "x"]:
            sentence = _("{name} was asked and showed nothing on: {questions}.")
            yield sentence.format(name=view.names[candidate], questions=view.joined(empty))


def _bars(view: _View) -> Iterator[PageBlock]:
    """Count the bars that are reached, missed and open, with those of required criteria by name."""
    rows: list[tuple[Cell, ...]] = []
    for profile in view.profiles:
        by_state: dict[BarState, list[str]] = {state: [] for state in BarState}
        for score in profile.criteria:
            if score.state:
                by_state[score.state].append(view.criterion_name(score.criterion))
        counts = (Number(len(by_state[state]), 0) for state in BarState)
        rows.append((view.names[profile.candidate], *counts, _gates_line(view, profile)))
    if not any(score.state for profile in view.profiles for score in profile.criteria):
        return
    columns = (
        Column("name", _("Candidate")),
        *(Column(state.value, words) for state, words in _state_heads().items()),
        Column("gates", _("Required criteria"), wrap=True),
    )
    certainty = round(100 * view.debrief.rubric.policy.gate_certainty)
    yield PageSection(
        _("Bars reached, missed, open"),
        (Table(columns, tuple(rows)),),
        _(
            "A bar counts as reached from a probability of {high} % on, as missed from {low} % down; between, the"
            " ratings do not decide it. Nothing makes up for a required criterion."
        ).format(high=certainty, low=100 - certainty)
        if view.debrief.comparison.method is Method.CALIBRATED
        else _("Nothing makes up for a required criterion."),
    )


def _state_heads() -> Mapping[BarState, str]:
    return {
        BarState.PASSED: _("Reached"),
        BarState.FAILED: _("Missed"),
        BarState.OPEN: _("Open"),
        BarState.UNRATED: _("Not rated"),
    }


def _gates_line(view: _View, profile: FitProfile) -> str:
    return "; ".join(gate_words(view.criterion_name(gate.criterion), gate) for gate in profile.gates) or _("none")


def gate_words(name: str, gate: Gate) -> str:
    """Say how a required criterion stands, with the probability where there is one."""
    words = {
        BarState.PASSED: _("{criterion}: reached"),
        BarState.FAILED: _("{criterion}: missed"),
        BarState.OPEN: _("{criterion}: open"),
        BarState.UNRATED: _("{criterion}: not rated"),
    }[gate.state].format(criterion=name)
    if gate.probability is None or gate.state is BarState.UNRATED:
        return words
    share = _("{share} %").format(share=round(100 * gate.probability))
    return _("{words} ({share})").format(words=words, share=share)


def _criteria(view: _View) -> Iterator[PageBlock]:
    """Put the profiles side by side, the heaviest criterion first."""
    if not any(each.overall.score is not None for each in view.profiles):
        return
    # the widest of a criterion is the one that is named
    splits = {(each.candidate, each.criterion): each.words for each in reversed(view.apart)}
    yield PageSection(
        _("Criterion by criterion"),
        (heat_map(view.debrief.comparison, view.debrief.rubric, view.profiles, view.names, DRAWN, splits),),
        _("The heaviest criterion first. Weight and bar stand below each name."),
    )


@frozen
class SplitQuestion:
    """Two ratings of one question that are far apart."""

    candidate: str
    criterion: str
    """The one that the question counts most for."""
    low: Answer
    high: Answer

    @property
    def words(self) -> str:
        """The two levels."""
        return _("split {low} | {high}").format(low=show_level(self.low.value), high=show_level(self.high.value))


def show_level(value: object) -> str:
    """Write a level; a mark is said in words."""
    return write_level(value) if isinstance(value, int | float) else str(value)


def _far_apart(view: _View) -> list[SplitQuestion]:
    """Return the questions on which two interviewers are far apart about a candidate, the widest first."""
    values = view.debrief.rubric.scale.values
    step = min((b - a for a, b in pairwise(values)), default=1)
    found = []
    for candidate, answers in view.answers.items():
        by_question: dict[str, list[Answer]] = {}
        for answer in answers:
            if isinstance(answer.value, int | float) and answer.question in view.questions:
                by_question.setdefault(answer.question, []).append(answer)
        for question, rated in by_question.items():
            low, high = min(rated, key=_number), max(rated, key=_number)
            if _number(high) - _number(low) >= LEVELS_APART * step:
                found.append(SplitQuestion(candidate, main_criterion(view.questions[question]), low, high))
    return sorted(found, key=lambda each: (_number(each.low) - _number(each.high), not each.low.evidence))


def _number(answer: Answer) -> float:
    return float(answer.value) if isinstance(answer.value, int | float) else 0.0


def main_criterion(question: Question) -> str:
    """Return the criterion that a question counts most for."""
    return max(question.criteria, key=lambda each: question.criteria[each])


def _splits(view: _View) -> Iterator[PageBlock]:
    """Show where the panel splits, the two pieces of evidence beside each other."""
    found = view.apart
    most = SPLITS[view.debrief.audience]
    told = [each for each in found if each.low.evidence or each.high.evidence]
    silent = [each for each in found if not (each.low.evidence or each.high.evidence)]
    blocks: list[PageBlock] = [_split(view, each) for each in told[:most]]
    listed = told[most:] if view.debrief.audience is Audience.FILE else []
    if listed:
        blocks.append(_split_list(view, listed, _("Further questions, with their evidence below")))
    if silent:
        blocks.append(_split_list(view, silent[:_MOST_LISTED], _("Neither wrote down what they heard")))
    left = len(told[most:]) - len(listed) + len(silent[_MOST_LISTED:])
    if left:
        blocks.append(Notes((_("{n} further questions are at least two levels apart.").format(n=left),)))
    if not found:
        blocks.append(Notes((_("No two interviewers are two levels apart on the same question."),)))
    if beyond := [
        view.names[each.candidate] for each in view.profiles if any(d.beyond_chance for d in each.disagreements)
    ]:
        sentence = _("Beyond what strictness and chance explain, the panel disagrees about {names}.")
        blocks.append(Notes((sentence.format(names=view.joined(beyond)),)))
    yield PageSection(
        _("Where the panel splits"),
        tuple(blocks),
        _("Two levels or more apart on the same question. Read both before you talk."),
    )


def _split(view: _View, apart: SplitQuestion) -> PanelSplit:
    scale = view.debrief.rubric.scale
    title = _("{name}, {criterion}").format(
        name=view.names[apart.candidate], criterion=view.criterion_name(apart.criterion)
    )
    sides = [(view.people[each.interviewer], show_level(each.value), _number(each)) for each in (apart.low, apart.high)]
    dots = Dots(
        _("Levels given by {a} and {b}").format(a=sides[0][0], b=sides[1][0]),
        scale.low,
        scale.high,
        tuple((f"{name} {level}", value) for name, level, value in sides),
    )
    silent = [view.people[each.interviewer] for each in (apart.low, apart.high) if not each.evidence]
    ask = _("What did {name} hear?").format(name=silent[0]) if silent else ""
    question = _("On: {question}").format(question=view.asked(apart.low.question))
    return PanelSplit(title, question, dots, _quote(view, apart.low), _quote(view, apart.high), ask)


def _split_list(view: _View, splits: Sequence[SplitQuestion], title: str) -> Table:
    """List who gave which level, without what they heard."""
    columns = (
        Column("name", title),
        Column("criterion", _("Criterion"), wrap=True),
        Column("low", _("Lower")),
        Column("high", _("Higher")),
        Column("question", _("Question")),
    )

    def side(answer: Answer) -> Word:
        return Word(f"{show_level(answer.value)} {view.people[answer.interviewer]}")

    rows: list[tuple[Cell, ...]] = [
        (
            view.names[each.candidate],
            view.criterion_name(each.criterion),
            side(each.low),
            side(each.high),
            Word(each.low.question),
        )
        for each in splits
    ]
    return Table(columns, tuple(rows))


def _quote(view: _View, answer: Answer) -> Quote:
    return Quote(
        show_level(answer.value),
        view.people[answer.interviewer],
        view.level_name(answer.value),
        answer.evidence or _("No evidence was written down."),
    )


def _recommended(view: _View) -> Iterator[PageBlock]:
    """Show every recommendation with its reason, and who has not given one."""
    cards = tuple(_card(view, each) for each in view.profiles if view.interviews)
    if cards:
        yield PageSection(
            _("Who recommended what"),
            (Cards(cards),),
            _("As each submitted scorecard has it. Nobody is shown others' before their own is in."),
        )


def _card(view: _View, profile: FitProfile) -> Card:
    remarks = [
        Remark(
            recommendation_word(each.recommendation) if each.recommendation else Word(_("recommended nothing")),
            view.people.get(each.interviewer, each.interviewer),
            each.reason,
        )
        for each in profile.panel
    ]
    remarks += [
        Remark(Word(_("not yet in")), view.people[each.interviewer], _owed_words(each))
        for each in view.owed
        if each.candidate == profile.candidate
    ]
    given = [each.recommendation for each in profile.panel if each.recommendation]
    sums = [(word, given.count(word)) for word in ("strong-yes", "yes", "no", "strong-no")]
    counted = [f"{n} {recommendation_word(word).text}" for word, n in sums if n]
    note = LANGUAGES[view.language].comma.join(counted) or _("nothing recommended yet")
    return Card(view.names[profile.candidate], note, tuple(remarks))


def _owed_words(held: Held) -> str:
    if held.rated:
        return _("{n} of {all} questions rated").format(n=held.rated, all=held.questions)
    if held.scheduled_at:
        return _("planned for {time} UTC").format(time=moment(held.scheduled_at))
    return _("planned, no date")


def _evidence(view: _View) -> Iterator[PageBlock]:
    """Fold up, by candidate, what was said behind each score."""
    folds: list[PageBlock] = []
    opened = view.debrief.audience is Audience.FILE or view.debrief.candidate is not None
    for n, profile in enumerate(view.profiles):
        answers = view.answers[profile.candidate]
        if not answers:
            continue
        by_criterion: dict[str, list[Answer]] = {}
        for answer in answers:
            if answer.question in view.questions:
                by_criterion.setdefault(main_criterion(view.questions[answer.question]), []).append(answer)
        heard = tuple(
            _heard(view, criterion, score, by_criterion.get(criterion.id, []))
            for criterion, score in zip(view.debrief.rubric.criteria, profile.criteria, strict=False)
            if by_criterion.get(criterion.id) or score.score is not None
        )
        note = _("{score}; {n} ratings by {people} interviewers").format(
            score=show_cell(Number(profile.overall.score, 2)),
            n=profile.overall.ratings,
            people=profile.overall.interviewers,
        )
        folds.append(Fold(view.names[profile.candidate], note, heard, opened or n == 0))
    if folds:
        yield PageSection(
            _("Evidence behind each number"),
            tuple(folds),
            _(
                "What was said, the level it was given, and by whom. An answer stands with the criterion that it counts"
                " most for."
            ),
        )


def _heard(view: _View, criterion: Criterion, score: CriterionScore, answers: Sequence[Answer]) -> Heard:
    figures = [show_cell(Number(score.score, 2)), show_interval(score.interval)] if score.score is not None else []
    quotes = tuple(
        (
            each.evidence,
            show_cell(rating_cell(each.value)),
            _("{name}, on: {question}").format(
                name=view.people[each.interviewer], question=cut(view.asked(each.question), _QUESTION)
            ),
        )
        for each in answers
    )
    note = ", ".join(each for each in figures if each != "-") or _("not rated")
    if not quotes:
        note = _("{note}; only by questions that count more for another criterion").format(note=note)
    return Heard(criterion.name.in_language(view.language), note, quotes)


def _effects(view: _View) -> Iterator[PageBlock]:
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


def _made(view: _View) -> Iterator[PageBlock]:
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
            _("With the prior {other} scores move by {points} at most, and ranks by {ranks}.").format(
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
        made.append(_("Left out for everybody: {questions}.").format(questions=view.joined(view.debrief.dropped)))
    cannot = [
        _("How somebody will do in the job. They say how the panel rated what was told in the interviews."),
        _("Anything about what was not asked."),
    ]
    if comparison.method is Method.CALIBRATED:
        asked = round(50 * (1 + comparison.level))
        cannot.append(
            _("Whether a lead is enough. That {asked} % is asked for is a choice, not a finding.").format(asked=asked)
        )
    yield PageSection(_("How the numbers were made"), (Notes(tuple(made)),))
    yield PageSection(_("What they cannot say"), (Notes(tuple(cannot)),))


def _next(view: _View) -> Iterator[PageBlock]:
    """Say what to do next, each only where there is something to do."""
    steps = [
        _("{interviewer}: hold or submit the interview of {name}.").format(
            interviewer=view.people[each.interviewer], name=view.names[each.candidate]
        )
        for each in view.owed[:_LISTED]
    ]
    if len(view.owed) > _LISTED:
        steps.append(_("{n} further scorecards are not in.").format(n=len(view.owed) - _LISTED))
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
        steps.append(_("Talk about the splits before anybody votes; a rating is amended with a reason, or stays."))
    if view.debrief.candidate is None and not view.owed:
        steps.append(
            _("Decide, and write down why: hiringkit opening close {opening} --outcome …").format(
                opening=view.debrief.opening.id
            )
        )
    if steps:
        yield PageSection(_("Next steps"), (Notes(tuple(steps)),))


def _unasked(view: _View, candidate: str, criterion: str) -> str:
    """Name questions for a criterion that a candidate was not asked."""
    asked = {each.question for each in view.answers[candidate] if each.value is not Mark.NOT_ASSESSED}
    left = [q for q, question in view.questions.items() if criterion in question.criteria and q not in asked]
    if not left:
        return _("another interviewer asks the same questions again.")
    return _("not asked yet: {questions}.").format(questions=view.joined(left))


def _answers_table(view: _View) -> Table:
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


def _document(view: _View) -> dict[str, object]:
    debrief = view.debrief
    decision = verdict(debrief, view.profiles, view.names, view.people, view.owed, view.language)
    comparison = comparison_document(debrief.comparison)
    del comparison["schema"]
    about = {each.candidate for each in view.profiles}
    if debrief.candidate:
        comparison["profiles"] = [each for each in comparison["profiles"] if each["candidate"] in about]
        comparison["findings"] = []
        comparison["model"] = None  # it holds probabilities by candidate
    comparison["interviewers"] = [
        each for each in comparison["interviewers"] if each["interviewer"] in debrief.shows_effects_of
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
