"""What the shipped rubrics and banks measure: tells of length and wording, and time against weight in kits and stages.

Run `python benchmarks/content.py`; it prints the tables of docs/content.md. With `write` it puts them there.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from hiringkit.actions.kits import asking_minutes, choose_kit
from hiringkit.domain.coverage import Gap
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric
from hiringkit.library.catalog import Library
from hiringkit.library.coverage import cover_rubric, time_shares
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


@cache
def load_rubrics() -> tuple[Rubric, ...]:
    """Return the shipped rubrics."""
    return tuple(LIBRARY.load_rubric(entry.id) for entry in LIBRARY.entries(Kind.RUBRIC))


def rubrics() -> Iterator[str]:
    """Yield a row for each rubric."""
    yield "| rubric | questions | criteria off their share | gates asked once | tasks not asked |"
    yield "| --- | --- | --- | --- | --- |"
    for rubric in load_rubrics():
        found = cover_rubric(rubric)
        off = sum(not OFF.isdisjoint(each.gaps) for each in found.criteria)
        gates = sum(Gap.GATE_ONCE in each.gaps for each in found.criteria)
        tasks = sum(not each.questions for each in found.tasks)
        yield (
            f"| {rubric.id} | {len(found.questions)} | {off} of {len(found.criteria)} | {gates} |"
            f" {tasks} of {len(found.tasks)} |"
        )


def in_a_kit(rubric: Rubric, minutes: float = 60) -> tuple[Question, ...]:
    """Return the questions of an interview of so many minutes, opening and close included."""
    kit = choose_kit(rubric, asking_minutes(minutes))
    return tuple(question for question in rubric.asked if question.id in kit)


def shares() -> Iterator[str]:
    """Yield a row for each criterion of each rubric."""
    yield "| rubric | criterion | weight | 60-minute kit | all stages | questions for the gate |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rubric in load_rubrics():
        weight = sum(each.weight for each in rubric.criteria)
        kit = in_a_kit(rubric)
        for each in rubric.criteria:
            times = (time_shares(asked).get(each.id, 0.0) for asked in (kit, rubric.heard))
            cells = " | ".join(f"{share:.0%}" for share in (each.weight / weight, *times))
            gate = f"{mainly(kit, each.id)} and {mainly(rubric.heard, each.id)}" if each.required else ""
            yield f"| {rubric.id} | {each.id} | {cells} | {gate} |"


def mainly(asked: Sequence[Question], criterion: str) -> int:
    """Count the questions that are mainly about a criterion."""
    return sum(criterion in question.primary for question in asked)


def tables() -> dict[str, str]:
    """Return each table by its heading, which is its first line."""
    made = ("\n".join(table()) for table in (banks, rubrics, shares))
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
