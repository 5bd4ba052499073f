"""The file that a peer or coach rates a self-assessment in: written for them, and read when it comes back."""

from starlette.responses import Response

from hiringkit.actions import self_assessments
from hiringkit.domain.self_assessment import SharedAnswers
from hiringkit.errors import UsageProblem
from hiringkit.library.forms import parse_form
from hiringkit.web.attempt import find_course
from hiringkit.web.visit import Visit, go


def share(visit: Visit) -> Response:
    """Send the answers of an attempt, without one's own levels, as a file to hand on."""
    course = find_course(visit)
    text = self_assessments.share(course.sheet, visit.language)
    headers = {"content-disposition": f'attachment; filename="{course.id}-answers.yaml"'}
    return Response(text.encode(), media_type="application/yaml; charset=utf-8", headers=headers)


def receive(visit: Visit) -> Response:
    """Take the levels out of such a file, and show the report in which they stand beside one's own."""
    sent = visit.files.get("file", ())
    if not sent or not sent[0].content:
        raise UsageProblem("no file was chosen")
    upload = sent[0]
    shared, _findings = parse_form(upload.content, upload.name, SharedAnswers)
    if shared is None:
        raise UsageProblem("this is no file of answers to rate, or it is damaged", hint="choose the one that came back")
    place = visit.own
    sheet = self_assessments.receive(place.attempts, visit.room.clock, shared, visit.given("from"))
    return go(f"/attempt/{visit.room.code('attempt', sheet.attempt.id)}/report")
