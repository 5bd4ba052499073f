"""Need assessments as personal files: JSON, one file an assessment, with what was asked."""

from pathlib import Path
from typing import Any

from hiringkit.domain.finding import Finding
from hiringkit.domain.need import MOST_ON_COST, NeedAssessment
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.exchange.record import Malformed, format_record, read_record, structure, unstructure

ENDING = ".need.json"
HEADER = "need/1"


def need_id(path: Path) -> str:
    """Return the id of the assessment that a file holds: its name."""
    return clean_line(path.name.removesuffix(ENDING))


def parse_need(data: bytes, path: Path) -> tuple[NeedAssessment | None, tuple[Finding, ...]]:
    """Read an assessment, or say what is wrong with its file."""
    identity = need_id(path)

    def build(content: dict[str, Any]) -> NeedAssessment:
        assessment: NeedAssessment = structure({**content, "id": identity}, NeedAssessment)
        _check(assessment)
        return assessment

    found = read_record(data, path, HEADER, build)
    return (None, (found,)) if isinstance(found, Finding) else (found, ())


def format_need(assessment: NeedAssessment) -> bytes:
    """Write an assessment."""
    content = unstructure(assessment)
    del content["id"]
    return format_record(HEADER, content)


def _check(assessment: NeedAssessment) -> None:
    """Raise where values that are right by themselves do not fit each other, or cannot be reckoned with."""
    need, pay, budget = assessment.need, assessment.compensation, assessment.budget
    if not (need.preconditions or need.signs):
        raise Malformed("$.need", Sentence("preconditions or signs"))
    for section in ("preconditions", "signs"):
        known = [each.id for each in getattr(need, section)]
        for identity in getattr(assessment, section):
            if identity not in known:
                raise Malformed(f"$.{section}.{identity}", Sentence("one of {names}").format(names=", ".join(known)))
    if pay and not 0 < pay.low <= pay.high:
        raise Malformed("$.compensation", Sentence("a pay range above 0"))
    if assessment.spend is not None and assessment.spend < 0:
        raise Malformed("$.spend", Sentence("a sum not below 0"))
    if budget and budget.per_year < 0:
        raise Malformed("$.budget.per_year", Sentence("a sum not below 0"))
    if budget and not 0 <= budget.on_cost_percent <= MOST_ON_COST:
        raise Malformed("$.budget.on_cost_percent", Sentence("0 to {most}").format(most=f"{MOST_ON_COST:g}"))
