"""The interview: one question a page, saved whole or not at all, and never over what its writer has not seen."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from attrs import evolve, frozen
from starlette.responses import JSONResponse, Response

from hiringkit.actions.interviews import (
    ChangedElsewhere,
    InterviewSession,
    Lock,
    fill_in,
    rate,
    resume_interview,
    write_text,
)
from hiringkit.actions.kits import planned_minutes
from hiringkit.actions.schedule import plans_of
from hiringkit.domain.conduct import NoteTaking
from hiringkit.domain.interview import InterviewText, Mark, Rating, text_version
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.question import Question
from hiringkit.errors import NotFound, Refused
from hiringkit.locale import _
from hiringkit.report.model import show_cell
from hiringkit.report.views.exhibit import exhibit_values
from hiringkit.report.words import rating_cell
from hiringkit.text.merge import DIVIDER
from hiringkit.timezone import local
from hiringkit.web.today import reachable
from hiringkit.web.visit import Visit, go

_SIGNS = {Mark.NOT_ASSESSED: "quiet", Mark.NO_EVIDENCE: "nothing", None: "missing"}


@frozen
class Place:
    """The interview in a request's address: as much of it as saving needs."""

    id: str
    """The interview's id."""
    kit: tuple[str, ...]
    """Ids of its questions."""
    address: str
    """Of its pages."""


@frozen
class Sitting:
    """The interview that a request is about, with all that its pages show."""

    place: Place
    session: InterviewSession

    @property
    def id(self) -> str:
        """The interview's id."""
        return self.place.id

    @property
    def kit(self) -> tuple[str, ...]:
        """Ids of its questions."""
        return self.place.kit

    @property
    def address(self) -> str:
        """Of its pages."""
        return self.place.address

    def question(self, question_id: str) -> Question | None:
        """Return a question in full."""
        return next((each for each in self.session.view.rubric.asked if each.id == question_id), None)

    def rating(self, question_id: str) -> Rating:
        """Return its rating on disk."""
        return self.session.view.interview.rating(question_id)


def find_place(visit: Visit) -> Place:
    """Return the interview in a request's address.

    Raises:
        NotFound: It is none of those of whoever is signed in.
    """
    code = str(visit.request.path_params["code"])
    for each in reachable(visit, plans_of(visit.store, visit.who.interviewer)):
        if visit.room.code("interview", each.id) == code:
            visit.room.sittings.remember(visit.who.link.number, code, each.id, each.kit)
            return Place(each.id, each.kit, f"/interview/{code}")
    raise NotFound("no such interview")


def find_sitting(visit: Visit) -> Sitting:
    """Return the interview in a request's address, with all that its pages show.

    Raises:
        NotFound: It is none of those of whoever is signed in.
    """
    place = find_place(visit)
    session = resume_interview(visit.store, visit.actor, place.id)
    # a question may have been added since
    return Sitting(evolve(place, kit=session.view.interview.kit), session)


def resume(visit: Visit) -> Response:
    """Go to where the interview goes on; to what was handed in where it is."""
    sitting = find_sitting(visit)
    if sitting.session.lock is not Lock.OPEN or not sitting.kit:
        return go(f"{sitting.address}/review")
    return go(f"{sitting.address}/{sitting.session.begin_at + 1}")


def show(visit: Visit) -> Response:
    """Show a question."""
    sitting = find_sitting(visit)
    if sitting.session.lock is not Lock.OPEN:
        return go(f"{sitting.address}/review")
    return _show(visit, sitting, question_at(visit, sitting.place))


def question_at(visit: Visit, place: Place) -> str:
    """Return the id of the question in a request's address.

    Raises:
        NotFound: The interview has none of that number.
    """
    position = int(visit.request.path_params["n"]) - 1
    if not 0 <= position < len(place.kit):
        raise NotFound("no such question")
    return place.kit[position]


def _show(visit: Visit, sitting: Sitting, question_id: str) -> Response:
    view = sitting.session.view
    position = sitting.kit.index(question_id)
    rating = sitting.rating(question_id)
    question = sitting.question(question_id)
    in_language = visit.language
    count = len(sitting.kit)
    texts = sitting.session.texts
    notes = texts.get(InterviewText.NOTES, "")
    names = {each.id: each.name.in_language(in_language) for each in view.rubric.criteria}
    return visit.page(
        "question.html",
        _("Question {n} of {count}").format(n=position + 1, count=count),
        sitting=sitting,
        candidate=view.candidate.name,
        resume_line=view.candidate.resume_line,
        opening=view.opening.title,
        interviewer=view.interviewer.name,
        n=position + 1,
        count=count,
        of=_("Question {n} of {count}").format(n=position + 1, count=count),
        minutes=_("{minutes:g} minutes").format(minutes=question.minutes) if question and question.minutes else "",
        planned=_("{minutes:g} min planned").format(minutes=planned_minutes(view.rubric, sitting.kit)),
        about=", ".join(names.get(each, each) for each in question.criteria) if question else "",
        text=question.text.in_language(in_language) if question else question_id,
        why=question.why.in_language(in_language) if question and question.why else "",
        probes=[each.in_language(in_language) for each in question.probes] if question else [],
        look_for=[each.in_language(in_language) for each in question.look_for] if question else [],
        watch_for=[each.in_language(in_language) for each in question.watch_for] if question else [],
        marking=[each.in_language(in_language) for each in question.marking] if question else [],
        exhibits=exhibit_values(question.exhibits, in_language) if question else [],
        reachable=visit.room.site.reachable,
        dropped=question_id in {each.question for each in view.dropped},
        rating=rating,
        value=_value(rating),
        saved=saved_words(rating),
        needs_note=view.rubric.policy.notes is NoteTaking.REQUIRED,
        anchors=anchors(sitting, question_id, in_language),
        strip=strip(sitting, position),
        undoable=visit.room.undo.last(visit.who.interviewer, sitting.id) is not None,
        notes=notes,
        notes_version=text_version(notes),
        handovers=[(who.name, text) for who, text in sitting.session.handovers],
        back=_("Back to {n}").format(n=position) if position else "",
        onward=_("Save, on to {n}").format(n=position + 2) if position + 1 < count else _("Save, read back"),
    )


def _value(rating: Rating) -> str:
    return (
        ""
        if rating.value is None
        else rating.value.value
        if isinstance(rating.value, Mark)
        else write_level(rating.value)
    )


def saved_words(rating: Rating) -> str:
    """Say since when a rating is on disk, empty where it never was."""
    return _("Saved {time}").format(time=f"{local(rating.rated_at):%H:%M}") if rating.rated_at else ""


def anchors(sitting: Sitting, question_id: str, language: str) -> list[dict[str, Any]]:
    """Return the levels of the scale as choices: value, label, and what marks the level on this question."""
    question = sitting.question(question_id)
    found = []
    for level in sitting.session.view.rubric.scale.levels:
        anchor = question.anchors.get(level.value) if question else None
        words = anchor or level.meaning
        found.append(
            {
                "value": write_level(level.value),
                "label": level.label.in_language(language),
                "text": words.in_language(language) if words else "",
            }
        )
    return found


def strip(sitting: Sitting, at: int | None) -> list[dict[str, Any]]:
    """Return each question's number, address and state."""
    dropped = {each.question for each in sitting.session.view.dropped}
    found = []
    for n, question_id in enumerate(sitting.kit):
        value = sitting.rating(question_id).value
        now = n == at
        if value is None and question_id in dropped:
            words, sign = _("left out"), "quiet"
        elif value is None:
            words, sign = (_("now") if now else _("to ask")), "missing"
        elif value is Mark.NOT_ASSESSED:
            words, sign = _("not asked"), "quiet"
        else:
            words = show_cell(rating_cell(value)) if isinstance(value, Mark) else _level_words(value)
            sign = _SIGNS.get(value, "good") if isinstance(value, Mark) else "good"
        found.append({"n": n + 1, "href": f"{sitting.address}/{n + 1}", "words": words, "sign": sign, "now": now})
    return found


def _level_words(value: LevelNumber) -> str:
    return _("level {level}").format(level=write_level(value))


def save(visit: Visit) -> Response:
    """Save what the form says about a question, and go where its button leads."""
    return _written(visit, _save)


def _written(visit: Visit, write: Callable[[Visit, Place], Response]) -> Response:
    """Write into the interview in a request's address, which is looked up only where that is new or refused."""
    code = str(visit.request.path_params["code"])
    if remembered := visit.room.sittings.find(visit.who.link.number, code):
        with suppress(NotFound, Refused):  # it may be another's by now, or have other questions
            return write(visit, Place(*remembered, f"/interview/{code}"))
    return write(visit, find_place(visit))


def _save(visit: Visit, place: Place) -> Response:
    question_id = question_at(visit, place)
    probes = [int(each) for each in visit.form.get("probe", []) if each.isascii() and each.isdigit()]
    try:
        before, after = fill_in(
            visit.store,
            visit.actor,
            place.id,
            question_id,
            value=visit.given("rating"),
            evidence=visit.given("note"),
            probes=probes,
            version=visit.given("version"),
        )
    except ChangedElsewhere as stale:
        return _conflict(visit, place, stale)
    typing = visit.wants_json and visit.given("go") == "stay"
    if after.version != visit.given("version"):
        visit.room.undo.add(visit.who.interviewer, place.id, before, after, typing=typing)
    to = _next(visit, place, question_id)
    if visit.wants_json:
        undoable = visit.room.undo.last(visit.who.interviewer, place.id) is not None
        return JSONResponse({"saved": saved_words(after), "version": after.version, "undo": undoable, "next": to})
    return go(to)


def _next(visit: Visit, place: Place, question_id: str) -> str:
    wanted, n, count = visit.given("go"), place.kit.index(question_id) + 1, len(place.kit)
    if wanted == "next":
        return f"{place.address}/{n + 1}" if n < count else f"{place.address}/review"
    if wanted == "back":
        return f"{place.address}/{max(n - 1, 1)}"
    if wanted == "review":
        return f"{place.address}/review"
    return f"{place.address}/{n}"


def _conflict(visit: Visit, place: Place, stale: ChangedElsewhere) -> Response:
    """Show both texts; what is on disk stays until one of them is chosen."""
    title = _("Changed in another window")
    if visit.wants_json:
        words = _("This question was changed in another window. Nothing of this page is saved.")
        return JSONResponse({"title": title, "message": words, "conflict": True}, 409)
    theirs, mine = stale.now, stale.mine
    if not isinstance(theirs, Rating) or mine is None:
        raise stale
    n = place.kit.index(mine.question) + 1
    both = (
        f"{theirs.evidence}{DIVIDER}{mine.evidence}"
        if theirs.evidence and mine.evidence
        else (mine.evidence or theirs.evidence)
    )
    return visit.page(
        "conflict.html",
        title,
        status=409,
        action=f"{place.address}/{n}",
        sides=[
            (_("On disk"), _words(theirs), theirs.evidence, saved_words(theirs)),
            (_("On your page"), _words(mine), mine.evidence, _("not saved")),
        ],
        version=theirs.version,
        mine=mine,
        value=_value(mine),
        both=both,
    )


def _words(rating: Rating) -> str:
    words = (
        _level_words(rating.value) if isinstance(rating.value, int | float) else show_cell(rating_cell(rating.value))
    )
    probes = ", ".join(str(probe + 1) for probe in rating.probes)
    return f"{words} · {_('probes used: {names}').format(names=probes)}" if probes else words


def undo(visit: Visit) -> Response:
    """Take the last change back, unless somebody else has changed the same since."""
    place = find_place(visit)
    step = visit.room.undo.last(visit.who.interviewer, place.id)
    if step is None or step.before.question not in place.kit:
        return go(place.address)
    before = step.before
    visit.room.undo.drop(visit.who.interviewer, place.id)
    try:
        rate(
            visit.store,
            visit.actor,
            place.id,
            before.question,
            value=before.value,
            evidence=before.evidence,
            probes=before.probes,
            version=step.after,
        )
    except ChangedElsewhere as stale:
        return _conflict(visit, place, stale)
    return go(f"{place.address}/{place.kit.index(before.question) + 1}")


def write_notes(visit: Visit) -> Response:
    """Save the interviewer's own notes on the candidate."""
    return _written(visit, _write_notes)


def _write_notes(visit: Visit, place: Place) -> Response:
    text, here = visit.given("notes"), visit.given("n")
    try:
        kept = write_text(
            visit.store,
            visit.actor,
            place.id,
            InterviewText.NOTES,
            text,
            version=visit.given("version"),
        )
    except ChangedElsewhere as stale:
        title = _("Changed in another window")
        if visit.wants_json:
            words = _("These notes were changed in another window. Nothing of this page is saved.")
            return JSONResponse({"title": title, "message": words, "conflict": True}, 409)
        theirs = str(stale.now or "")
        return visit.page(
            "conflict_notes.html",
            title,
            status=409,
            action=f"{place.address}/notes",
            n=here,
            sides=[(_("On disk"), theirs), (_("On your page"), text)],
            version=text_version(theirs),
            mine=text,
            both=f"{theirs}{DIVIDER}{text}",
        )
    if visit.wants_json:
        now = f"{local(visit.room.clock()):%H:%M}"
        return JSONResponse({"saved": _("Saved {time}").format(time=now), "version": text_version(kept)})
    n = int(here) if here.isascii() and here.isdigit() else 1
    return go(f"{place.address}/{min(max(n, 1), len(place.kit))}")


def outstanding_numbers(sitting: Sitting, questions: Sequence[str]) -> list[tuple[int, str]]:
    """Return the numbers and addresses of questions."""
    return [(n := sitting.kit.index(each) + 1, f"{sitting.address}/{n}") for each in questions]
