"""What the shipped rubrics and banks measure: tells of length and wording, and time against weight.

Run `python benchmarks/content.py`; it prints the tables of docs/content.md. With `write` it puts them there.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from hiringkit.domain.coverage import Gap
from hiringkit.library.catalog import Library
from hiringkit.library.coverage import cover_rubric
from hiringkit.library.documents import Kind
from hiringkit.library.tells import languages_of, measure_tells

ROOT = Path(__file__).parents[1]
LIBRARY = Library([ROOT])
OFF = {Gap.LITTLE_TIME, Gap.MUCH_TIME}


def figure(rho: float | None) -> str:
    """Write a correlation."""
    return "-" if rho is None else f"{rho:.2f}"


def banks() -> Iterator[str]:
    """Yield a row for each bank and language."""
    yield "| bank | language | questions | anchors: ρ | highest longest | samples | samples: ρ | guessed |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for entry in LIBRARY.entries(Kind.BANK):
        questions = LIBRARY.load_bank(entry.id).questions
        for each in (measure_tells(questions, language) for language in languages_of(questions)):
            guessed = f"{each.guessed / each.samples:.0%}" if each.samples else "-"
            yield (
                f"| {entry.id} | {each.language} | {each.questions} | {figure(each.anchor_rho)} | {each.longest_last} |"
                f" {each.samples} | {figure(each.sample_rho)} | {guessed} |"
            )


def rubrics() -> Iterator[str]:
    """Yield a row for each rubric."""
    yield "| rubric | questions | criteria off their share | gates asked once | tasks not asked |"
    yield "| --- | --- | --- | --- | --- |"
    for entry in LIBRARY.entries(Kind.RUBRIC):
        found = cover_rubric(LIBRARY.load_rubric(entry.id))
        off = sum(not OFF.isdisjoint(each.gaps) for each in found.criteria)
        gates = sum(Gap.GATE_ONCE in each.gaps for each in found.criteria)
        tasks = sum(not each.questions for each in found.tasks)
        yield (
            f"| {entry.id} | {len(found.questions)} | {off} of {len(found.criteria)} | {gates} |"
            f" {tasks} of {len(found.tasks)} |"
        )


def tables() -> dict[str, str]:
    """Return each table by its heading, which is its first line."""
    made = ("\n".join(table()) for table in (banks, rubrics))
    return {table.partition("\n")[0]: table for table in made}


def updated(document: str) -> str:
    """Return a document with its tables as they are now."""
    new = tables()
    parts = (new.get(part.partition("\n")[0], part) for part in document.rstrip("\n").split("\n\n"))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        document = ROOT / "docs" / "content.md"
        document.write_text(updated(document.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print("\n\n".join(tables().values()))
