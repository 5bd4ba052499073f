"""The desk: what is known of an opening, for whoever's link leads there, and no more than their scorecards allow."""

from starlette.responses import Response

from hiringkit.actions.comparisons import agreement_of_opening, compare_opening, profile_candidate
from hiringkit.actions.debriefs import debrief_opening
from hiringkit.actions.expectations import mutual_fit
from hiringkit.actions.openings import OpeningView, every_opening, show_opening
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.interview import Opening
from hiringkit.errors import NotFound
from hiringkit.locale import _
from hiringkit.report.model import Report
from hiringkit.report.render.html import report_values
from hiringkit.report.views.agreement import agreement_report
from hiringkit.report.views.comparison import comparison_report
from hiringkit.report.views.debrief import debrief_report
from hiringkit.report.views.opening import opening_report
from hiringkit.report.views.profile import profile_report
from hiringkit.web.visit import Visit


def show_openings(visit: Visit) -> Response:
    """List the openings."""
    found = [(each.title, _address(visit, each.id)) for each in _openings(visit)]
    return visit.page("desk.html", _("Openings"), links=found)


def _openings(visit: Visit) -> tuple[Opening, ...]:
    """Return the openings that somebody's link leads to.

    Raises:
        NotFound: It leads to no desk.
    """
    link = visit.who.link
    if not link.desk:
        raise NotFound("no such opening")
    every, _held = every_opening(visit.store, visit.actor)
    return tuple(each for each in every if link.opening in (None, each.id))


def _address(visit: Visit, opening: str) -> str:
    return f"/desk/{visit.room.code('opening', opening)}"


def find_opening(visit: Visit) -> OpeningView:
    """Return the opening in a request's address.

    Raises:
        NotFound: It is none of those that somebody's link leads to.
    """
    code = visit.request.path_params["code"]
    for each in _openings(visit):
        if visit.room.code("opening", each.id) == code:
            return show_opening(visit.store, visit.actor, each.id)
    raise NotFound("no such opening")


def show_one(visit: Visit) -> Response:
    """Show how far an opening is, who owes what, and the ways to its pages."""
    view = find_opening(visit)
    address = _address(visit, view.opening.id)
    decision = f"/decision/{visit.room.code('decision', view.opening.id)}"
    links = [(_("Debrief"), f"{address}/debrief"), (_("Comparison"), f"{address}/compare"), (_("Decision"), decision)]
    links.append((_("How far interviewers agree"), f"{address}/agreement"))
    links.append((_("Import scorecards"), f"{address}/import"))
    links += [
        (each.name, f"{address}/profile/{visit.room.code('candidate', view.opening.id, each.id)}")
        for each in view.candidates
    ]
    report = opening_report(
        view.opening,
        view.candidates,
        view.interviewers,
        view.interviews,
        dropped=view.dropped,
        is_ranked=view.is_ranked,
    )
    return _page(visit, _("Opening"), report, links)


def _page(visit: Visit, tab: str, report: Report, links: list[tuple[str, str]]) -> Response:
    values = {**report_values(report), "linked": ""}
    # the browser's tab names nobody; the page's own heading may
    values["heading"] = values.pop("title")
    return visit.page("desk_report.html", tab, links=links, **values)


def compare(visit: Visit) -> Response:
    """Show the candidates side by side."""
    opening, language = find_opening(visit).opening.id, visit.language
    found = compare_opening(visit.store, visit.actor, opening, ScoringOptions(), language=language)
    return _page(visit, _("Comparison"), comparison_report(found, language), _back(visit, opening))


def _back(visit: Visit, opening: str) -> list[tuple[str, str]]:
    return [(_("Back to the opening"), _address(visit, opening))]


def debrief(visit: Visit) -> Response:
    """Show the debrief."""
    opening, language = find_opening(visit).opening.id, visit.language
    found = debrief_opening(visit.store, visit.actor, opening, ScoringOptions(), language=language)
    return _page(visit, _("Debrief"), debrief_report(found, language), _back(visit, opening))


def agreement(visit: Visit) -> Response:
    """Show how far interviewers agree."""
    opening = find_opening(visit).opening.id
    found = agreement_of_opening(visit.store, visit.actor, opening, ScoringOptions())
    report = agreement_report(found.agreement, found.criterion_names(visit.language))
    return _page(visit, _("Agreement"), report, _back(visit, opening))


def profile(visit: Visit) -> Response:
    """Show one candidate's profile."""
    view, language = find_opening(visit), visit.language
    opening, store = view.opening.id, visit.store
    for each in view.candidates:
        if visit.room.code("candidate", opening, each.id) == visit.request.path_params["person"]:
            found = profile_candidate(store, visit.actor, opening, each.id, ScoringOptions(), language=language)
            fits = mutual_fit(store, opening, each.id)
            return _page(
                visit, _("Profile"), profile_report(found, each.id, language, fits=fits), _back(visit, opening)
            )
    raise NotFound("no such candidate")
