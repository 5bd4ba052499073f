"""Practice: an invented answer, a level by its anchors, a reason; only then the reasoned level, and why."""

from typing import Any

from attrs import frozen
from starlette.responses import Response

from hiringkit.actions.practice import (
    FolderNotebook,
    Notebook,
    Practice,
    SampleExercise,
    begin,
    practice_logs,
    rate_sample,
)
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.domain.practice import PracticeAnswer, PracticeLog
from hiringkit.domain.question import QuestionBank
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.library.documents import Kind
from hiringkit.locale import _
from hiringkit.report.render.html import report_values
from hiringkit.report.views.exhibit import exhibit_values
from hiringkit.report.views.practice import practice_report
from hiringkit.text.sentence import Sentence
from hiringkit.web.visit import Visit, go


@frozen
class Bench:
    """The bank that somebody practises with, and where that is kept."""

    bank: QuestionBank
    notebook: Notebook
    address: str
    """Of its pages."""

    def session(self, visit: Visit, number: int | None = None) -> Practice:
        """Return a session: the one of a number, or the next."""
        return begin(self.notebook, self.bank, visit.room.clock, number=number)


def find_bench(visit: Visit) -> Bench:
    """Return the bank in a request's address.

    Raises:
        NotFound: There is none.
    """
    code, place = str(visit.request.path_params["code"]), visit.own
    for each in place.library.entries(Kind.BANK):
        if visit.room.code("bank", each.id) == code:
            return Bench(place.library.load_bank(each.id), FolderNotebook(place.practices), f"/practice/{code}")
    raise NotFound("no such bank")


def show(visit: Visit) -> Response:
    """Show how it went so far, and the way on: the session that is not finished, or another one."""
    bench = find_bench(visit)
    log = practice_logs(bench.notebook.sessions()).get(bench.bank.id, PracticeLog(()))
    values = report_values(practice_report(log, bench.bank, visit.language))
    values["heading"] = values.pop("title")
    links = []
    if log.records:
        latest = bench.session(visit, log.records[-1].session.number)
        if (n := _first_open(latest)) is not None:
            links.append((_("Go on"), f"{bench.address}/{latest.session.number}/{n}"))
    following = bench.session(visit)
    words = _("Practise: {count} answers").format(count=len(following.exercises))
    links.append((words, f"{bench.address}/{following.session.number}/1"))
    links.append((_("Practise as a panel"), f"{bench.address}/panel"))
    return visit.page("desk_report.html", _("Practice"), links=links, **(values | {"linked": ""}))


def _first_open(practice: Practice) -> int | None:
    """Return the number of the first answer without a level."""
    open_ones = (n for n, each in enumerate(practice.exercises, 1) if _given(practice, each) is None)
    return next(open_ones, None)


def _given(practice: Practice, exercise: SampleExercise) -> PracticeAnswer | None:
    key = (exercise.question.id, exercise.sample.id)
    return next((each for each in practice.session.answers if (each.question, each.sample) == key), None)


def _exercise(visit: Visit, bench: Bench) -> tuple[Practice, int, SampleExercise]:
    practice = bench.session(visit, int(visit.request.path_params["number"]))
    n = int(visit.request.path_params["n"])
    if not 1 <= n <= len(practice.exercises):
        raise NotFound("no such answer")
    return practice, n, practice.exercises[n - 1]


def show_answer(visit: Visit) -> Response:
    """Show an invented answer to be rated; one that is rated with the level that was reasoned out."""
    bench = find_bench(visit)
    practice, n, exercise = _exercise(visit, bench)
    language, given = visit.language, _given(practice, exercise)
    count = len(practice.exercises)
    return visit.page(
        "practice.html",
        _("Answer {n} of {count}").format(n=n, count=count),
        bench=bench,
        bank=bench.bank.title.in_language(language),
        here_now=f"{bench.address}/{practice.session.number}/{n}",
        of=_("Answer {n} of {count}").format(n=n, count=count),
        question=exercise.question.text.in_language(language),
        exhibits=exhibit_values(exercise.question.exhibits, language),
        key=key_of(exercise),
        answer=exercise.sample.answer.in_language(language),
        levels=anchors_of(exercise, language),
        given=given,
        own=write_level(given.level) if given else "",
        reasoned=write_level(exercise.sample.level) if given else "",
        off=_off(given.level - exercise.sample.level) if given else "",
        why=exercise.sample.why.in_language(language) if given else "",
        onward=f"{bench.address}/{practice.session.number}/{n + 1}" if n < count else bench.address,
        last=n == count,
        strip=_strip(bench, practice, n),
    )


def key_of(exercise: SampleExercise) -> str:
    """Return what tells one sample answer from the others."""
    return f"{exercise.question.id}/{exercise.sample.id}"


def anchors_of(exercise: SampleExercise, language: str) -> list[dict[str, str]]:
    """Return each level with its anchor."""
    anchors = exercise.question.anchors
    return [
        {"value": write_level(level), "text": anchors[level].in_language(language) if level in anchors else ""}
        for level in exercise.levels
    ]


def _off(off: LevelNumber) -> str:
    if not off:
        return _("You met it.")
    words = _("Yours is {count} higher.") if off > 0 else _("Yours is {count} lower.")
    return words.format(count=write_level(abs(off)))


def _strip(bench: Bench, practice: Practice, at: int) -> list[dict[str, Any]]:
    found = []
    for n, exercise in enumerate(practice.exercises, 1):
        given = _given(practice, exercise)
        words = _("level {level}").format(level=write_level(given.level)) if given else _("to answer")
        href = f"{bench.address}/{practice.session.number}/{n}"
        found.append({"n": n, "href": href, "words": words, "sign": "good" if given else "missing", "now": n == at})
    return found


def rate(visit: Visit) -> Response:
    """Keep the level and the reason; where there is a level already, it stays, because the answer is known by then."""
    bench = find_bench(visit)
    practice, n, exercise = _exercise(visit, bench)
    here = f"{bench.address}/{practice.session.number}/{n}"
    if _given(practice, exercise) is not None or visit.given("key") != key_of(exercise):
        return go(here)
    level = read_level(visit.given("rating"), exercise.levels)
    if level is None:
        raise UsageProblem(Sentence("{given!r} is no level").format(given=visit.given("rating")))
    rate_sample(bench.notebook, visit.room.clock, practice.session, exercise, level, visit.given("reason"))
    return go(here)
