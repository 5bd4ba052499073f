"""A self-assessment: requirements, then a question a page; every answer is on disk before the page says so."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen
from starlette.responses import JSONResponse, Response

from hiringkit.actions import self_assessments
from hiringkit.actions.self_assessments import AnswerChangedElsewhere
from hiringkit.actions.self_profiles import next_steps, own_answers, profile_self
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import read_level, write_level
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.domain.self_assessment import Fulfilment, NextSteps, SelfAnswer, Sheet, Tick
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.library.documents import Kind
from hiringkit.locale import _
from hiringkit.report.render.html import report_values
from hiringkit.report.views.exhibit import exhibit_values
from hiringkit.report.views.next_steps import step_sentence, steps_report
from hiringkit.report.views.self_assessment import lack_word, self_report, standing_word
from hiringkit.text.clauses import clauses
from hiringkit.text.language import LANGUAGES
from hiringkit.text.merge import DIVIDER
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import local
from hiringkit.web.visit import Visit, go

NOTHING = Mark.NO_EVIDENCE.value
_LEVELS, _EVIDENCE = "levels", "evidence"
"""Parts of a question's page that come one after the other: its address says how far somebody has gone."""


@frozen
class Course:
    """The attempt that a request is about."""

    sheet: Sheet
    address: str
    """Of its pages."""

    @property
    def id(self) -> str:
        """The attempt's id."""
        return self.sheet.attempt.id

    @property
    def kit(self) -> tuple[str, ...]:
        """Ids of its questions."""
        return self.sheet.attempt.kit

    @property
    def next_open(self) -> str:
        """Where it goes on: at the first question without a level, else at the report."""
        left = self.sheet.attempt.outstanding
        return f"{self.address}/{self.kit.index(left[0]) + 1}" if left else f"{self.address}/report"

    def after(self, n: int) -> str:
        """Return where it goes on behind a question: at the next open one, the first if there is none behind it."""
        left = set(self.sheet.attempt.outstanding)
        later = next((number for number, each in enumerate(self.kit, 1) if number > n and each in left), None)
        return f"{self.address}/{later}" if later else self.next_open


def find_course(visit: Visit) -> Course:
    """Return the attempt in a request's address.

    Raises:
        NotFound: There is none.
    """
    code, folder = str(visit.request.path_params["code"]), visit.own.attempts
    for each in self_assessments.attempt_ids(folder):
        if visit.room.code("attempt", each) == code:
            return Course(self_assessments.load(folder, each), f"/attempt/{code}")
    raise NotFound("no such attempt")


def begin(visit: Visit) -> Response:
    """Begin an attempt at a role."""
    place, wanted = visit.own, visit.given("rubric")
    if wanted not in {each.id for each in place.library.entries(Kind.RUBRIC)}:
        raise NotFound("no such role")
    sheet = self_assessments.start(place.attempts, place.library, visit.room.clock, wanted)
    return go(f"/attempt/{visit.room.code('attempt', sheet.attempt.id)}")


def resume(visit: Visit) -> Response:
    """Go to where an attempt goes on."""
    course = find_course(visit)
    unasked = [each for each in course.sheet.requirements if each.id not in course.sheet.attempt.requirements]
    if unasked and course.sheet.attempt.place is None:
        return go(f"{course.address}/requirements")
    return go(course.next_open)


def show_requirements(visit: Visit) -> Response:
    """Ask how one stands to each requirement."""
    course = find_course(visit)
    kinds = {"required": _("required"), "preferred": _("preferred")}
    given = course.sheet.attempt.requirements
    return visit.page(
        "requirements.html",
        _("Requirements"),
        course=course,
        role=course.sheet.rubric.title.in_language(visit.language),
        strip=_strip(course, None),
        asked=[
            {
                "text": each.text.in_language(visit.language),
                "why": each.why.in_language(visit.language) if each.why else "",
                "kind": kinds[each.kind],
                "given": given.get(each.id, ""),
            }
            for each in course.sheet.requirements
        ],
        standings=[(each.value, standing_word(each).text) for each in Fulfilment],
        version=_standings_version(course.sheet.requirements, given),
        begun=visit.given("saved"),
    )


def _standings_version(asked: Sequence[Requirement], given: Mapping[str, Fulfilment]) -> str:
    return ",".join(given.get(each.id, "") for each in asked)


def save_requirements(visit: Visit) -> Response:
    """Keep what was changed on the page; what stands otherwise on disk by now stays."""
    course, place = find_course(visit), visit.own
    seen = visit.given("version").split(",")
    sheet = course.sheet
    for n, each in enumerate(course.sheet.requirements):
        given = visit.given(f"requirement-{n}")
        if given and given != (seen[n] if n < len(seen) else ""):
            if given not in list(Fulfilment):
                raise UsageProblem(Sentence("{given!r} is no answer to a requirement").format(given=given))
            sheet = self_assessments.stand(place.attempts, visit.room.clock, course.id, each.id, Fulfilment(given))
    onward = visit.given("go") == "next"
    if onward and sheet.attempt.place is None:
        sheet = self_assessments.go_to(place.attempts, course.id, course.kit[0])
    to = evolve(course, sheet=sheet).next_open if onward else f"{course.address}/requirements"
    if visit.wants_json:
        version = _standings_version(course.sheet.requirements, sheet.attempt.requirements)
        return JSONResponse({"saved": _saved(visit), "version": version, "next": to})
    return go(to)


def _saved(visit: Visit) -> str:
    return _("Saved {time}").format(time=f"{local(visit.room.clock()):%H:%M}")


def show(visit: Visit) -> Response:
    """Show a question: first to be answered, then to be rated by its anchors, then with what the level rests on."""
    course = find_course(visit)
    n, question = _question(visit, course)
    answer = course.sheet.attempt.answer(question.id)
    step = visit.request.query_params.get("step", "")
    language = visit.language
    count = len(course.kit)
    rated = isinstance(answer.level, int | float)
    with_levels = bool(answer.text) or answer.level is not None or step in (_LEVELS, _EVIDENCE)
    with_evidence = rated or step == _EVIDENCE
    own = next((each for each in own_answers(course.sheet) if each.question.id == question.id), None)
    return visit.page(
        "attempt.html",
        _("Question {n} of {count}").format(n=n, count=count),
        course=course,
        role=course.sheet.rubric.title.in_language(language),
        n=n,
        of=_("Question {n} of {count}").format(n=n, count=count),
        text=question.text.in_language(language),
        why=question.why.in_language(language) if question.why else "",
        exhibits=exhibit_values(question.exhibits, language),
        look_for=[each.in_language(language) for each in question.look_for] if with_evidence else [],
        watch_for=[each.in_language(language) for each in question.watch_for] if with_evidence else [],
        answer=answer,
        value=_value(answer),
        saved=_("Saved {time}").format(time=f"{local(answer.changed_at):%H:%M}") if answer.changed_at else "",
        with_levels=with_levels,
        with_evidence=with_evidence,
        levels=_levels(course, question, answer, language) if with_levels else [],
        lacks=[lack_word(each) for each in own.lacks] if own else [],
        strip=_strip(course, n),
    )


def _question(visit: Visit, course: Course) -> tuple[int, Question]:
    n = int(visit.request.path_params["n"])
    found = course.sheet.rubric.question(course.kit[n - 1]) if 1 <= n <= len(course.kit) else None
    if found is None:
        raise NotFound("no such question")
    return n, found


def _value(answer: SelfAnswer) -> str:
    level = answer.level
    return write_level(level) if isinstance(level, int | float) else NOTHING if level else ""


def _offered(question: Question, language: str) -> list[Tick]:
    """Return the parts of the anchors that can be ticked, in their order on the page."""
    return [
        Tick(level, clause)
        for level, anchor in sorted(question.anchors.items())
        for clause in clauses(anchor.in_language(language))
    ]


def _levels(course: Course, question: Question, answer: SelfAnswer, language: str) -> list[dict[str, Any]]:
    """Return the levels, each with what marks it and with its parts to be ticked."""
    offered = list(enumerate(_offered(question, language)))
    return [
        {
            "value": write_level(level.value),
            "label": level.label.in_language(language),
            "text": (level.meaning.in_language(language) if level.meaning else "")
            if level.value not in question.anchors
            else "",
            "parts": [(i, tick.clause, tick in answer.ticks) for i, tick in offered if tick.level == level.value],
        }
        for level in course.sheet.rubric.scale.levels
    ]


def _strip(course: Course, at: int | None) -> list[dict[str, Any]]:
    """Return each question's number, address and state."""
    found = []
    for n, question_id in enumerate(course.kit, 1):
        level, now = course.sheet.attempt.answer(question_id).level, n == at
        if isinstance(level, int | float):
            words, sign = _("level {level}").format(level=write_level(level)), "good"
        elif level is None:
            words, sign = _("now") if now else _("to answer"), "missing"
        else:
            words, sign = _("nothing to tell"), "nothing"
        found.append({"n": n, "href": f"{course.address}/{n}", "words": words, "sign": sign, "now": now})
    return found


def save(visit: Visit) -> Response:
    """Save what the form says about a question, and go where its button leads."""
    course, place = find_course(visit), visit.own
    n, question = _question(visit, course)
    before = course.sheet.attempt.answer(question.id)
    given = visit.given("rating")
    level = Mark.NO_EVIDENCE if given == NOTHING else read_level(given, course.sheet.rubric.scale.values)
    if given and level is None:
        raise UsageProblem(Sentence("{given!r} is no level").format(given=given))
    mine = evolve(
        before,
        text=visit.given("text"),
        level=level if given else before.level,
        evidence=visit.given("evidence") if "evidence" in visit.form else before.evidence,
        witness=visit.given("witness") if "witness" in visit.form else before.witness,
        ticks=_ticked(visit, question, before) if given or visit.given("parts") else before.ticks,
    )
    try:
        sheet = self_assessments.answer(
            place.attempts,
            visit.room.clock,
            course.id,
            question.id,
            text=mine.text,
            level=level if given else None,
            evidence=mine.evidence,
            witness=mine.witness,
            ticks=mine.ticks,
            version=visit.given("version"),
        )
        if sheet.attempt.place != question.id:
            sheet = self_assessments.go_to(place.attempts, course.id, question.id)
    except AnswerChangedElsewhere as stale:
        return _conflict(visit, f"{course.address}/{n}", stale.now, mine)
    to = _next(visit, evolve(course, sheet=sheet), n)
    if visit.wants_json:
        after = sheet.attempt.answer(question.id)
        return JSONResponse({"saved": _saved(visit), "version": after.version, "next": to})
    return go(to)


def _ticked(visit: Visit, question: Question, before: SelfAnswer) -> tuple[Tick, ...]:
    """Return the parts that are ticked on the page, and those that were ticked in another language."""
    spoken = visit.given("spoken")
    offered = _offered(question, spoken if spoken in LANGUAGES else visit.language)
    numbers = [int(each) for each in visit.form.get("tick", []) if each.isascii() and each.isdigit()]
    if any(n >= len(offered) for n in numbers):
        raise UsageProblem("there is no such part of an anchor")
    elsewhere = tuple(tick for tick in before.ticks if tick not in offered)
    return (*(offered[n] for n in sorted(set(numbers))), *elsewhere)


def _next(visit: Visit, course: Course, n: int) -> str:
    wanted, here = visit.given("go"), f"{course.address}/{n}"
    if wanted == "back":
        return f"{course.address}/{n - 1}" if n > 1 else f"{course.address}/requirements"
    if wanted == "levels":
        return f"{here}?step={_LEVELS}#levels"
    if wanted != "next":
        return here
    level = course.sheet.attempt.answer(course.kit[n - 1]).level
    if isinstance(level, int | float) and not visit.given("shown"):
        return f"{here}?step={_EVIDENCE}#evidence"
    return course.after(n)


def _conflict(visit: Visit, here: str, theirs: SelfAnswer, mine: SelfAnswer) -> Response:
    """Show both answers; what is on disk stays until one of them is chosen."""
    title = _("Changed in another window")
    if visit.wants_json:
        words = _("This question was changed in another window. Nothing of this page is saved.")
        return JSONResponse({"title": title, "message": words, "conflict": True}, 409)
    both = f"{theirs.text}{DIVIDER}{mine.text}" if theirs.text and mine.text else (mine.text or theirs.text)
    return visit.page(
        "conflict_answer.html",
        title,
        status=409,
        action=here,
        sides=[(_("On disk"), theirs), (_("On your page"), mine)],
        version=theirs.version,
        mine=mine,
        value=_value(mine),
        ticks=visit.form.get("tick", []),
        spoken_then=visit.given("spoken"),
        both=both,
    )


def report(visit: Visit) -> Response:
    """Show what an attempt amounts to."""
    course = find_course(visit)
    found = profile_self(visit.own.attempts, course.id)
    values = report_values(self_report(found, visit.language))
    values["heading"] = values.pop("title")
    links = [(_("Next steps"), f"{course.address}/steps"), (_("Back to the questions"), f"{course.address}/1")]
    return visit.page("desk_report.html", _("Report"), links=links, **(values | {"linked": ""}))


def show_steps(visit: Visit) -> Response:
    """Show what to work on, as steps that can be ticked off."""
    course = find_course(visit)
    by = visit.request.query_params.get("by", "")
    steps = _steps(visit, course, by)
    values = report_values(steps_report(evolve(steps, plan=()), visit.language))
    values["heading"] = values.pop("title")
    links = [
        (_("Plan"), "#plan"),
        (_("Report"), f"{course.address}/report"),
        (_("Back to the questions"), f"{course.address}/1"),
    ]
    return visit.page(
        "steps.html",
        _("Next steps"),
        course=course,
        links=links,
        by=by,
        plan=[(each.id, step_sentence(each, visit.language), each.done is not None) for each in steps.plan],
        **(values | {"linked": ""}),
    )


def _steps(visit: Visit, course: Course, by: str = "") -> NextSteps:
    try:
        until = date.fromisoformat(by) if by else None
    except ValueError:
        raise UsageProblem(Sentence("{by!r} is no date").format(by=by)) from None
    today = local(visit.room.clock()).date()
    return next_steps(visit.own.library, profile_self(visit.own.attempts, course.id), today=today, by=until)


def tick_off(visit: Visit) -> Response:
    """Keep that a step is done, or take that back."""
    course, step = find_course(visit), visit.given("step")
    if step not in {each.id for each in _steps(visit, course).plan}:
        raise NotFound("no such step")
    done = visit.given("done") == "yes"
    self_assessments.tick_off(visit.own.attempts, visit.room.clock, course.id, step, done=done)
    by = visit.given("by")
    return go(f"{course.address}/steps" + (f"?by={by}" if by and by.replace("-", "").isdigit() else ""))
