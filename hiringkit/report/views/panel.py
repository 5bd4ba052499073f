"""Plans of panels, for people and as the document `hiringkit/panel-plan/1`."""

from collections.abc import Iterator, Mapping

from hiringkit.domain.interview import InterviewState
from hiringkit.domain.panel import CriterionCover, PanelInterview, StoredPlan
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Notes, Number, Report, Table, Tone, Word, plain
from hiringkit.report.words import distinct_names, moment, state_word

Names = Mapping[str, str]


def panel_report(
    found: StoredPlan,
    candidates: Names,
    interviewers: Names,
    criteria: Names,
    *,
    questions: Names | None = None,
    explain: bool = False,
) -> Report:
    """Show a plan: the kits, who meets whom in which order, and how the time is spent.

    Args:
        found: The plan.
        candidates: Names by id.
        interviewers: Names by id.
        criteria: Names by id.
        questions: What they are called, by id; the ids, which commands take, if not given.
        explain: Whether to show how criteria are covered and what reliability is to be expected.
    """
    whom, who = distinct_names(candidates.items()), distinct_names(interviewers.items())

    def blocks() -> tuple[Block, ...]:
        explained = (_cover(found, criteria), Notes(tuple(_prediction(found)))) if explain else ()
        return (
            _kits(found, questions or {}),
            _meetings(found, whom, who),
            _orders(found, whom, who),
            *explained,
            *_notes(found),
        )

    return Report(
        title=_("Panel plan {number} of {opening}").format(number=found.number, opening=found.opening),
        blocks=blocks,
        document=lambda: panel_document(found),
        data=lambda: _rows(found),
    )


def panel_document(found: StoredPlan) -> dict[str, object]:
    """Return the same as plain values."""
    return {
        "schema": "hiringkit/panel-plan/1",
        "opening": found.opening,
        "number": found.number,
        "made_at": plain(found.made_at),
        "made_by": found.made_by,
        "scheduled": found.scheduled,
        "margin": found.plan.margin,
        "gap": plain(found.plan.gap),
        "kits": [plain(each) for each in found.plan.kits],
        "interviews": [{**plain(each), "state": _state(found, each)} for each in found.plan.interviews],
        "criteria": [{**plain(each), "met": each.interviewers >= each.needed} for each in found.plan.cover],
        "interviewers": [
            {"interviewer": who, "interviews": _load(found, who), **plain(terms)}
            for who, terms in found.plan.available.items()
        ],
        "predicted": plain(found.predicted),
    }


def _state(found: StoredPlan, interview: PanelInterview) -> str | None:
    state = found.states.get((interview.candidate, interview.interviewer))
    return state.value if state else None


def _load(found: StoredPlan, interviewer: str) -> int:
    return sum(each.interviewer == interviewer for each in found.plan.interviews)


def _rows(found: StoredPlan) -> Table:
    """Return a row for each interview, with the columns that `interview schedule --from` reads among them."""
    keys = ("candidate", "interviewer", "at", "questions", "kit", "order", "state")
    rows = tuple(
        (
            Word(each.candidate),
            Word(each.interviewer),
            Word(each.at.isoformat(timespec="minutes") if each.at else ""),
            Word("; ".join(each.questions)),
            Word(each.kit),
            Number(each.order, 0),
            Word(_state(found, each) or ""),
        )
        for each in found.plan.interviews
    )
    return Table(tuple(Column(key, key) for key in keys), rows)


def _kits(found: StoredPlan, names: Names) -> Table:
    columns = (Column("kit", _("Kit")), Column("minutes", _("Minutes")), Column("questions", _("Questions"), wrap=True))
    apart = "; " if names else ", "  # what questions are called has commas
    rows = tuple(
        (
            Word(kit.id),
            Number(kit.minutes + found.plan.margin, 0),
            apart.join(names.get(each, each) for each in kit.questions),
        )
        for kit in found.plan.kits
    )
    return Table(columns, rows, _("What is asked, the same of every candidate"))


def _meetings(found: StoredPlan, candidates: Names, interviewers: Names) -> Table:
    columns = (Column("candidate", _("Candidate")), *(Column(each.id, each.id) for each in found.plan.kits))
    met = {(each.candidate, each.kit): each for each in found.plan.interviews}
    people = dict.fromkeys(each.candidate for each in found.plan.interviews)

    def cell(candidate: str, kit: str) -> Cell:
        each = met.get((candidate, kit))
        if each is None:
            return Word("-", Tone.QUIET)
        name = interviewers.get(each.interviewer, each.interviewer)
        when = f" {moment(each.at)}" if each.at else ""
        state = found.states.get((each.candidate, each.interviewer))
        said = f" ({state_word(state).text})" if state and state is not InterviewState.SCHEDULED else ""
        return f"{name}{when}{said}"

    rows = tuple((candidates.get(who, who), *(cell(who, kit.id) for kit in found.plan.kits)) for who in people)
    return Table(columns, rows, _("Who meets whom, with which kit"))


def _orders(found: StoredPlan, candidates: Names, interviewers: Names) -> Table:
    columns = (
        Column("interviewer", _("Interviewer")),
        Column("interviews", _("Interviews")),
        Column("order", _("In this order"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for who in found.plan.available:
        own = sorted((each for each in found.plan.interviews if each.interviewer == who), key=lambda each: each.order)
        order = ", ".join(candidates.get(each.candidate, each.candidate) for each in own)
        rows.append((interviewers.get(who, who), Number(len(own), 0), order))
    return Table(columns, tuple(rows), _("In which order"))


def _cover(found: StoredPlan, criteria: Names) -> Table:
    columns = (
        Column("criterion", _("Criterion")),
        Column("needed", _("Needed")),
        Column("interviewers", _("Interviewers")),
        Column("minutes", _("Minutes")),
        Column("time_share", _("Share of time")),
        Column("share", _("Share of weight")),
    )

    def row(each: CriterionCover) -> tuple[Cell, ...]:
        return (
            criteria.get(each.criterion, each.criterion),
            Number(each.needed, 0),
            Number(each.interviewers, 0),
            Number(each.minutes, 0),
            Number(each.time_share, 0, percent=True),
            Number(each.share, 0, percent=True),
        )

    return Table(columns, tuple(map(row, found.plan.cover)), _("How criteria are covered, for each candidate"))


def _prediction(found: StoredPlan) -> Iterator[str]:
    known = found.predicted
    if known is None:
        return
    yield _(
        "Predicted reliability of differences between candidates: {reliability:.2f}, at least {lowest:.2f}, by the"
        ' prior "{prior}" alone, without any ratings.'
    ).format(reliability=known.reliability, lowest=known.lowest, prior=known.prior)
    if known.chance_best is not None:
        yield _("The candidate with the highest score is then the best with a chance of {chance:.0f} %.").format(
            chance=100 * known.chance_best
        )


def _notes(found: StoredPlan) -> tuple[Block, ...]:
    said = [
        _(
            "Interviews include {margin:g} minutes for opening and close. No plan is better by more than {gap:.1f} %."
        ).format(margin=found.plan.margin, gap=100 * found.plan.gap)
    ]
    waiting = sum(_state(found, each) is None for each in found.plan.interviews)
    if waiting:
        said.append(
            _(
                "Interviews that are not scheduled: {count}. To schedule them:"
                " hiringkit panel replan {opening} --schedule"
            ).format(count=waiting, opening=found.opening)
        )
    return (Notes(tuple(said)),)
