"""Sections of a debrief: what was asked, where ratings are far apart, what was recommended, and what was said."""

from collections.abc import Iterator, Mapping, Sequence

from hiringkit.domain.debrief import Answer, Audience, Held
from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import CriterionScore, FitProfile
from hiringkit.domain.rubric import Criterion
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Notes, Number, Table, Word, show_cell, show_interval
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
)
from hiringkit.report.views.charts import DRAWN
from hiringkit.report.views.debrief_view import (
    DebriefView,
    SplitQuestion,
    level_number,
    main_criterion,
    show_level,
)
from hiringkit.report.words import (
    moment,
    rating_cell,
    recommendation_word,
    state_word,
)
from hiringkit.text.cells import cut
from hiringkit.text.language import LANGUAGES

SPLITS = {Audience.PANEL: 8, Audience.HIRING_MANAGER: 8, Audience.FILE: 40}
"""Questions with the panel far apart that are shown side by side; for the file, the others are listed."""
_MOST_LISTED = 100
"""Questions in a list of splits without evidence."""
_QUESTION = 90
"""Cells of a question that stands below what was said."""


def questions_asked(view: DebriefView) -> Iterator[PageBlock]:
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
        tuple((view.names[candidate], _sums(view, each)) for candidate, each in drawn),
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


def _sums(view: DebriefView, signs: Mapping[str, str]) -> str:
    words = {
        "2": _("{n} by two or more"),
        "1": _("{n} by one"),
        "x": _("{n} without evidence"),
        "0": _("{n} not asked"),
    }
    counted = [(sign, list(signs.values()).count(sign)) for sign in words]
    return LANGUAGES[view.language].comma.join(words[sign].format(n=n) for sign, n in counted if n)


def _never(view: DebriefView, nobody: Sequence[str], signs: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Name the questions that were put to nobody, and to some only."""
    if nobody:
        yield _("Put to nobody: {questions}.").format(questions=view.headings(nobody))
    for candidate in [*signs][:DRAWN]:
        missing = [q for q, sign in signs[candidate].items() if sign == "0" and q not in nobody]
        if missing and view.debrief.candidate is None:
            sentence = _("Put to others but not to {name}: {questions}.")
            yield sentence.format(name=view.names[candidate], questions=view.headings(missing))
        if empty := [q for q, sign in signs[candidate].items() if sign == "x"]:
            sentence = _("{name} was asked and showed nothing on: {questions}.")
            yield sentence.format(name=view.names[candidate], questions=view.headings(empty))


def splits(view: DebriefView) -> Iterator[PageBlock]:
    """Show where ratings are far apart, the two pieces of evidence beside each other."""
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
        _("Where ratings are far apart"),
        tuple(blocks),
        _("Two levels or more apart on the same question. Read both before you talk."),
    )


def _split(view: DebriefView, apart: SplitQuestion) -> PanelSplit:
    scale = view.debrief.rubric.scale
    title = _("{name}, {criterion}").format(
        name=view.names[apart.candidate], criterion=view.criterion_name(apart.criterion)
    )
    sides = [
        (view.people[each.interviewer], show_level(each.value), level_number(each)) for each in (apart.low, apart.high)
    ]
    dots = Dots(
        _("Levels given by {a} and {b}").format(a=sides[0][0], b=sides[1][0]),
        scale.low,
        scale.high,
        tuple((f"{name}: {level}", value) for name, level, value in sides),
    )
    silent = [view.people[each.interviewer] for each in (apart.low, apart.high) if not each.evidence]
    ask = _("What did {name} hear?").format(name=silent[0]) if silent else ""
    return PanelSplit(
        title, view.asked(apart.low.question), dots, _quote(view, apart.low), _quote(view, apart.high), ask
    )


def _split_list(view: DebriefView, splits: Sequence[SplitQuestion], title: str) -> Table:
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
            view.heading(each.low.question),
        )
        for each in splits
    ]
    return Table(columns, tuple(rows))


def _quote(view: DebriefView, answer: Answer) -> Quote:
    return Quote(
        show_level(answer.value),
        view.people[answer.interviewer],
        view.level_name(answer.value),
        answer.evidence or _("No evidence was written down."),
    )


def recommended(view: DebriefView) -> Iterator[PageBlock]:
    """Show every recommendation with its reason, and who has not given one."""
    cards = tuple(_card(view, each) for each in view.profiles if view.interviews)
    if cards:
        yield PageSection(
            _("Who recommended what"),
            (Cards(cards),),
            _("As each submitted scorecard has it. Nobody is shown others' before their own is in."),
        )


def _card(view: DebriefView, profile: FitProfile) -> Card:
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
    return Card(view.names[profile.candidate], recommendations_counted(profile, view.language), tuple(remarks))


def recommendations_counted(profile: FitProfile, language: str) -> str:
    """Say how many recommended what."""
    given = [each.recommendation for each in profile.panel if each.recommendation]
    sums = [(word, given.count(word)) for word in ("strong-yes", "yes", "no", "strong-no")]
    counted = [f"{n} {recommendation_word(word).text}" for word, n in sums if n]
    return LANGUAGES[language].comma.join(counted) or _("nothing recommended yet")


def _owed_words(held: Held) -> str:
    if held.rated is None:
        return state_word(held.state).text
    if held.rated:
        return _("{n} of {all} questions rated").format(n=held.rated, all=held.questions)
    if held.scheduled_at:
        return _("planned for {time} UTC").format(time=moment(held.scheduled_at))
    return _("planned, no date")


def evidence(view: DebriefView) -> Iterator[PageBlock]:
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
        note = _("{n} ratings by {people} interviewers").format(
            n=profile.overall.ratings, people=profile.overall.interviewers
        )
        if view.debrief.comparison.ranks:
            score = show_cell(Number(profile.overall.score, 2))
            note = _("{score}; {ratings}").format(score=score, ratings=note)
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


def _heard(view: DebriefView, criterion: Criterion, score: CriterionScore, answers: Sequence[Answer]) -> Heard:
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
