"""What scores rest on: rubric, method, scale and counts, said the same way wherever scores are shown."""

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import Comparison, Method, ModelSummary
from hiringkit.locale import _
from hiringkit.report.findings import finding_sentence
from hiringkit.report.model import Block, Facts, Notes
from hiringkit.report.values import write_number


def basis_facts(comparison: Comparison, caption: str = "") -> Facts:
    """Say what was scored and how."""
    counts, rubric = comparison.counts, comparison.rubric
    return Facts(
        (
            (_("Rubric"), f"{rubric.id} {rubric.version}" if rubric else _("none: each question is its own criterion")),
            (_("Method"), _method(comparison.method)),
            (_("Scale"), _scale(comparison)),
            (
                _("Ratings"),
                _("{ratings}; not assessed {not_assessed}, no evidence {no_evidence}").format(
                    ratings=counts.ratings, not_assessed=counts.not_assessed, no_evidence=counts.no_evidence
                ),
            ),
        ),
        caption,
    )


def method_sentence(comparison: Comparison) -> str:
    """Say in one or two sentences how the scores came about and what they do not allow for."""
    share = round(100 * comparison.level)
    if comparison.method is Method.CALIBRATED and comparison.model:
        return _calibrated(comparison.model, share)
    return _(
        "Scores are plain means: an interviewer's ratings of a criterion first, then the interviewers. "
        "They allow for no interviewer being strict or mild. "
        "{level} % intervals come from how far interviewers differ; with one interviewer there is none."
    ).format(level=share)


def closing_notes(comparison: Comparison) -> tuple[Block, ...]:
    """Return the findings, if any, and the line on the method."""
    method = Notes((method_sentence(comparison),))
    return (*_findings(comparison.findings), method)


def _findings(findings: tuple[Finding, ...]) -> tuple[Block, ...]:
    if not findings:
        return ()
    return (Notes(tuple(finding_sentence(finding) for finding in findings), _("To know")),)


def _method(method: Method) -> str:
    return _("observed means") if method is Method.OBSERVED else _("calibrated by a mixed model")


def _scale(comparison: Comparison) -> str:
    scale = comparison.scale
    sources = {
        "rubric": _("{low} to {high}, from the rubric"),
        "option": _("{low} to {high}, as given by --scale"),
        "data": _("{low} to {high}, the range seen in the ratings"),
    }
    sentence = sources.get(scale.source) or _("{low} to {high}")
    return sentence.format(low=write_number(scale.low), high=write_number(scale.high))


def _calibrated(model: ModelSummary, share: int) -> str:
    sentence = _(
        "Scores come from a mixed model ({estimator}; random effects: {effects}), which allows for strict "
        "interviewers and for how much was seen of each candidate. Intervals are {level} %."
    ).format(estimator=model.estimator, effects=", ".join(model.effects), level=share)
    if not model.converged:
        sentence += " " + _("It did not converge: do not rely on these scores.")
    if not model.connected:
        sentence += " " + _("Not all candidates share interviewers, so not all can be ranked together.")
    return sentence
