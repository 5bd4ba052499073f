"""What the shipped rubrics and banks measure: tells of length and wording by bank, time against weight by rubric.

Run `python benchmarks/content.py`; it prints the tables of docs/content.md.
"""

from pathlib import Path

from hiringkit.domain.coverage import Gap
from hiringkit.library.catalog import Library
from hiringkit.library.coverage import cover_rubric
from hiringkit.library.documents import Kind
from hiringkit.library.tells import languages_of, measure_tells

LIBRARY = Library([Path(__file__).parents[1]])
OFF = {Gap.LITTLE_TIME, Gap.MUCH_TIME}


def figure(rho: float | None) -> str:
    """Write a correlation."""
    return "-" if rho is None else f"{rho:.2f}"


def banks() -> None:
    """Print a row for each bank and language."""
    print("| bank | language | questions | anchors: ρ | highest longest | samples | samples: ρ | guessed |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for entry in LIBRARY.entries(Kind.BANK):
        questions = LIBRARY.load_bank(entry.id).questions
        for each in (measure_tells(questions, language) for language in languages_of(questions)):
            guessed = f"{each.guessed / each.samples:.0%}" if each.samples else "-"
            print(
                f"| {entry.id} | {each.language} | {each.questions} | {figure(each.anchor_rho)} | {each.longest_last} |"
                f" {each.samples} | {figure(each.sample_rho)} | {guessed} |"
            )


def rubrics() -> None:
    """Print a row for each rubric."""
    print("| rubric | questions | criteria off their share | gates asked once | tasks not asked |")
    print("| --- | --- | --- | --- | --- |")
    for entry in LIBRARY.entries(Kind.RUBRIC):
        found = cover_rubric(LIBRARY.load_rubric(entry.id))
        off = sum(not OFF.isdisjoint(each.gaps) for each in found.criteria)
        gates = sum(Gap.GATE_ONCE in each.gaps for each in found.criteria)
        tasks = sum(not each.questions for each in found.tasks)
        print(
            f"| {entry.id} | {len(found.questions)} | {off} of {len(found.criteria)} | {gates} |"
            f" {tasks} of {len(found.tasks)} |"
        )


if __name__ == "__main__":
    banks()
    print()
    rubrics()
