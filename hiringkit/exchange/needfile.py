"""Need assessments as personal files: JSON, one file an assessment, with what was asked."""

from pathlib import Path

from hiringkit.domain.finding import Finding
from hiringkit.domain.need import NeedAssessment
from hiringkit.domain.text import clean_line
from hiringkit.exchange.record import format_record, read_record, structure, unstructure

ENDING = ".need.json"
HEADER = "need/1"


def need_id(path: Path) -> str:
    """Return the id of the assessment that a file holds: its name."""
    return clean_line(path.name.removesuffix(ENDING))


def parse_need(data: bytes, path: Path) -> tuple[NeedAssessment | None, tuple[Finding, ...]]:
    """Read an assessment, or say what is wrong with its file."""
    identity = need_id(path)
    found = read_record(data, path, HEADER, lambda content: structure({**content, "id": identity}, NeedAssessment))
    return (None, (found,)) if isinstance(found, Finding) else (found, ())


def format_need(assessment: NeedAssessment) -> bytes:
    """Write an assessment."""
    content = unstructure(assessment)
    del content["id"]
    return format_record(HEADER, content)
