"""Practice of a panel at one screen: levels are typed unseen; then all of them show, and the reasoned one."""

from starlette.responses import Response

from hiringkit.actions.practice_panels import (
    PanelPractice,
    begin_panel,
    latest_panel,
    panel_outcome,
    rate_together,
    resume_panel,
)
from hiringkit.domain.level import read_level, write_level
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.locale import _
from hiringkit.report.render.html import report_values
from hiringkit.report.views.exhibit import exhibit_values
from hiringkit.report.views.practice_panel import panel_report
from hiringkit.text.sentence import Sentence
from hiringkit.web.practice import Bench, anchors_of, find_bench, key_of
from hiringkit.web.visit import Visit, go


def show(visit: Visit) -> Response:
    """Ask who rates; with names, show the first answer."""
    bench, names = find_bench(visit), visit.request.query_params.get("names", "")
    if names.strip():
        panel = begin_panel(visit.own.practices, bench.bank, visit.room.clock, names)
        return _page(visit, bench, panel, 1)
    try:
        latest = f"{bench.address}/panel/{latest_panel(visit.own.practices, bench.bank.id).number}/report"
    except NotFound:
        latest = ""
    title = bench.bank.title.in_language(visit.language)
    return visit.page("practice_names.html", _("Practise as a panel"), bench=bench, bank=title, latest=latest)


def show_answer(visit: Visit) -> Response:
    """Show an answer to be rated; one that is rated with everybody's level, the reasoned one and why."""
    bench, n = find_bench(visit), int(visit.request.path_params["n"])
    panel = resume_panel(visit.own.practices, bench.bank, int(visit.request.path_params["number"]))
    if not 1 <= n <= min(len(panel.session.answers) + 1, len(panel.exercises)):
        raise NotFound("no such answer")
    return _page(visit, bench, panel, n)


def _page(visit: Visit, bench: Bench, panel: PanelPractice, n: int) -> Response:
    session, exercise, language = panel.session, panel.exercises[n - 1], visit.language
    given = session.answers[n - 1].levels if n <= len(session.answers) else {}
    count, here = len(panel.exercises), f"{bench.address}/panel/{session.number}"
    of = _("Answer {n} of {count}").format(n=n, count=count)
    return visit.page(
        "practice_panel.html",
        of,
        bank=bench.bank.title.in_language(language),
        of=of,
        here_now=f"{here}/{n}",
        onward=f"{here}/{n + 1}" if n < count else f"{here}/report",
        last=n == count,
        report=f"{here}/report" if session.answers else "",
        names=session.raters,
        joined=", ".join(session.raters),
        question=exercise.question.text.in_language(language),
        exhibits=exhibit_values(exercise.question.exhibits, language),
        key=key_of(exercise),
        answer=exercise.sample.answer.in_language(language),
        levels=anchors_of(exercise, language),
        given=[(name, write_level(level)) for name, level in given.items()],
        reasoned=write_level(exercise.sample.level) if given else "",
        why=exercise.sample.why.in_language(language) if given else "",
    )


def rate(visit: Visit) -> Response:
    """Keep everybody's level; where they are kept already they stay, because the reasoned one is known by then."""
    bench, folder = find_bench(visit), visit.own.practices
    number, n = int(visit.request.path_params["number"]), int(visit.request.path_params["n"])
    try:
        panel = resume_panel(folder, bench.bank, number)
    except NotFound:
        panel = begin_panel(folder, bench.bank, visit.room.clock, visit.given("names"))
        if panel.session.number != number:
            raise
    here = f"{bench.address}/panel/{number}/{n}"
    if not 1 <= n <= len(panel.exercises):
        raise NotFound("no such answer")
    exercise = panel.exercises[n - 1]
    if n != len(panel.session.answers) + 1 or visit.given("key") != key_of(exercise):
        return go(here)
    levels = {}
    for at, name in enumerate(panel.session.raters):
        given = visit.given(f"level-{at}")
        level = read_level(given, exercise.levels)
        if level is None:
            raise UsageProblem(Sentence("{given!r} is no level").format(given=given))
        levels[name] = level
    rate_together(folder, panel.session, exercise, levels)
    return go(here)


def report(visit: Visit) -> Response:
    """Show where the levels part."""
    bench = find_bench(visit)
    panel = resume_panel(visit.own.practices, bench.bank, int(visit.request.path_params["number"]))
    values = report_values(panel_report(panel_outcome(panel.session), bench.bank, visit.language))
    values["heading"] = values.pop("title")
    links = [(_("Practice"), bench.address)]
    done = len(panel.session.answers)
    if done < len(panel.exercises):
        links.insert(0, (_("Go on"), f"{bench.address}/panel/{panel.session.number}/{done + 1}"))
    return visit.page("desk_report.html", _("Practice of a panel"), links=links, **(values | {"linked": ""}))
