"""docs/self-assessment.md, do-we-need-one.md, recruiting.md and privacy.md work as typed, whole, in both languages.

Every command of them is run, in their order, as a program of its own with nothing kept before; what asks is answered
at a terminal, with the answers that the text shows.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pexpect
import pytest
from attrs import frozen

ROOT = Path(__file__).parents[1]
SELF = (ROOT / "docs" / "self-assessment.md").read_text(encoding="utf-8")
NEED = (ROOT / "docs" / "do-we-need-one.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
DESK = (ROOT / "docs" / "recruiting.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)

Answer = tuple[str, str]
"""What is waited for, a regular expression, and what is typed then."""

WORDS = {
    "en": {
        "leave": r"q leave\): ",
        "question": "Question {n} of 8",
        "level": r"Your level.*\): ",
        "rated": "All 8 questions are rated",
        "title": "Self-assessment: Sales Operations Manager",
        "recommended": "recommended",
        "precondition": "Precondition {n} of 5",
        "sign": "Sign {n} of 4",
        "expectation": "Expectation {n} of 5",
        "fit": "less than needed",
    },
    "zh": {
        "leave": "q 退出）：",
        "question": "第 {n} 题，共 8 题",
        "level": "你的等级.*）：",
        "rated": "全部 8 道题目均已评分",
        "title": "自评：销售运营经理",
        "recommended": "建议招聘",
        "precondition": "第 {n} 项前提条件",
        "sign": "第 {n} 个信号",
        "expectation": "期望 {n}/5",
        "fit": "少于需要",
    },
}
SAID = {
    "en": ["costs most first", "Beside the interviews in som", "To learn or do", "Reasoned level"],
    "zh": ["失分最多的在前", "与 som 中的面试对照", "学习与行动", "参考等级"],
}
"""What an aspirant's report, next steps and practice say."""


@frozen
class Walk:
    """Somebody at a machine: where they are, what is set there, which language they read."""

    folder: Path
    environment: dict[str, str]
    language: str

    def run(self, line: str, typed: str = "") -> str:
        """Run a command, and return what it printed as its result."""
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=self.folder,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        return done.stdout

    def sit(self, line: str, answers: Sequence[Answer]) -> str:
        """Run a command at a terminal, answer what it asks, and return everything that was on the screen."""
        program, *words = shlex.split(line)
        assert program == "hiringkit"
        sitting = pexpect.spawn(
            sys.executable,
            ["-m", "hiringkit", *words],
            cwd=str(self.folder),
            env=self.environment,
            encoding="utf-8",
            timeout=30,
            dimensions=(60, 200),
        )
        screen = ""
        for prompt, answer in answers:
            sitting.expect(prompt)
            screen += f"{sitting.before}{sitting.after}"
            sitting.sendline(answer)
        sitting.expect(pexpect.EOF)
        assert sitting.wait() == 0
        return screen + str(sitting.before)


@pytest.fixture(params=[pytest.param(language, marks=pytest.mark.slow) for language in WORDS])
def walk(request: pytest.FixtureRequest, elsewhere: Path, tmp_path: Path) -> Walk:
    """This checkout as the program, a home of its own, a database yet to be made."""
    program = tmp_path / "bin" / "hiringkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hiringkit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(elsewhere),
        "TERM": "dumb",
        "COLUMNS": "200",
        "HIRINGKIT_DB": str(tmp_path / "firm.db"),
        "HIRINGKIT_LANG": request.param,
    }
    return Walk(tmp_path, environment, request.param)


def commands(guide: str) -> list[str]:
    """Return the commands of a guide's blocks, in their order."""
    blocks = [text for kind, text in BLOCK.findall(guide) if not kind and text.startswith("hiringkit ")]
    return [line for text in blocks for line in text.splitlines()]


def inline(guide: str) -> set[str]:
    """Return the commands that stand within sentences."""
    return set(re.findall(r"`(hiringkit [^`]+)`", guide))


def transcript(guide: str) -> list[tuple[str, str]]:
    """Return what a guide shows of a sitting: the line before each prompt, and what is typed there."""
    (shown,) = (text for kind, text in BLOCK.findall(guide) if "\n> " in text)
    lines = shown.splitlines()
    return [(lines[n - 1], line.removeprefix("> ")) for n, line in enumerate(lines) if line.startswith("> ")]


def interview_me(walk: Walk) -> None:
    """Have a firm interview `you@example.org` on one question."""
    for line in (
        "hiringkit opening create som --rubric sales-operations-manager",
        "hiringkit candidate add som You --id you --email you@example.org",
        "hiringkit interviewer add Ivy",
        "hiringkit interview schedule som you ivy --question bottlenecks",
        "hiringkit interview rate som/you/ivy bottlenecks 2 --as ivy",
        "hiringkit interview submit som/you/ivy --as ivy",
    ):
        walk.run(line)


def test_an_aspirant_gets_a_report_and_next_steps(walk: Walk) -> None:
    start, resume, *others = commands(SELF)
    words = WORDS[walk.language]
    answers = [(words["leave"], "y")] * 9
    for number in range(1, 9):
        answers += [
            (f"{words['question'].format(n=number)}[^>]*> ", "I measured each step, found the hold-up and removed it."),
            (words["level"], "2" if number == 1 else "4"),
            ("> ", "the report of that quarter"),
            ("> ", "the head of sales"),
        ]
    assert words["rated"] in walk.sit(start, answers)
    walk.run(resume, "q\n")
    interview_me(walk)
    printed = ""
    for line in others:
        if line.startswith("hiringkit self receive"):
            coached = walk.folder / "answers.yaml"
            coached.write_text(coached.read_text(encoding="utf-8").replace("level:\n", "level: 3\n"), encoding="utf-8")
        printed += walk.run(line, "4\nbecause\n" * 4)
    assert len(commands(SELF)) == 15
    for said in SAID[walk.language]:
        assert said in printed
    assert words["title"] in (walk.folder / "report.html").read_text(encoding="utf-8")
    together = 'hiringkit practice sales-operations --panel "Ada, Ben"'
    assert inline(SELF) == {"hiringkit self list", "hiringkit tui", "hiringkit interviewer show", together}
    assert "Ben" in walk.run(together, "4\n3\n" * 8)
    assert "sales-operations-manager-1" in walk.run("hiringkit self list")
    assert "Ivy" in walk.run("hiringkit interviewer show ivy")
    for option in ("--minutes 90 --resume sales-operations-manager-1", "--minutes 90", "--lang zh"):
        assert option.split()[0] in SELF
        walk.run(f"hiringkit self start sales-operations-manager {option}", "q\n")


def test_a_firm_learns_whether_it_needs_the_role_and_writes_the_posting(walk: Walk) -> None:
    words = WORDS[walk.language]
    for kind, text in BLOCK.findall(NEED):
        if kind == "yaml":
            name = "firm.yaml" if text.startswith("name:") else "answers.yaml"
            (walk.folder / name).write_text(text, encoding="utf-8")
    assess, resume, answered, listed, shown, compared, *postings = commands(NEED)[:9]
    screen = walk.sit(assess, need_answers(words))
    assert words["recommended"] in screen
    if walk.language == "en":
        for line in BLOCK.findall(NEED)[1][1].splitlines():
            assert line.removeprefix("> ") in screen.replace("\r", ""), line
    assert words["recommended"] in walk.run(resume, "\n" * 30)
    assert "Acme Pumps" in walk.run(answered)
    for line in (listed, shown, compared):
        assert "sales-operations-manager-1" in walk.run(line)
    for line in postings:
        walk.run(line)
    assert (walk.folder / "posting.md").read_text(encoding="utf-8").startswith("# ")
    assert "application/ld+json" in (walk.folder / "posting.html").read_text(encoding="utf-8")
    talk_about_the_fit(walk, commands(NEED)[9:])
    assert inline(NEED) == {
        "hiringkit need",
        "hiringkit candidate expect som-2026 amara-osei sponsorship 5",
    }
    walk.run("hiringkit candidate expect som-2026 amara-osei sponsorship 5")
    walk.run("hiringkit need show sales-operations-manager-1 -o need.html")


def need_answers(words: dict[str, str]) -> list[Answer]:
    """Return the sitting that the guide shows, and after it what leads to a recommendation."""
    answers = [("> ", typed) for _prompt, typed in transcript(NEED)]
    for number in range(2, 6):
        answers += [(f"{words['precondition'].format(n=number)}[^>]*> ", "met"), ("> ", "")]
    for number in range(1, 5):
        answers += [(f"{words['sign'].format(n=number)}[^>]*> ", "often"), ("> ", "four courses since spring")]
    return answers


def talk_about_the_fit(walk: Walk, lines: Sequence[str]) -> None:
    """Ask both sides, at a terminal."""
    offer, expect, profile = lines
    words = WORDS[walk.language]
    walk.run("hiringkit opening create som-2026 --rubric sales-operations-manager")
    walk.run('hiringkit candidate add som-2026 "Amara Osei" --email amara@example.org')
    for line, level in ((offer, "2"), (expect, "5")):
        walk.sit(line, [(f"{words['expectation'].format(n=number)}[^>]*> ", level) for number in range(1, 6)])
    assert walk.run(profile).count(words["fit"]) == 5


def test_the_guide_names_every_component_and_its_source() -> None:
    for component in ("elevation", "differential elevation", "stereotype accuracy", "differential accuracy"):
        assert f"| {component} |" in SELF
    assert "Cronbach's (1955" in SELF


def test_a_recruiter_keeps_an_opening_from_the_plan_to_the_outcomes(walk: Walk) -> None:
    files = [text for kind, text in BLOCK.findall(DESK) if kind == "csv"]
    for name, text in zip(("candidates.csv", "interviewers.csv", "plan.csv"), files, strict=True):
        (walk.folder / name).write_text(text, encoding="utf-8")
    printed = {line: walk.run(line) for line in commands(DESK)}
    calendar = (walk.folder / "interviews.ics").read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 4
    mine = next(text for line, text in printed.items() if line.startswith("hiringkit outstanding --as"))
    assert "Helen Brandt" in mine
    assert "Marcus Webb" not in mine
    people = walk.run("hiringkit candidate list som-2026 -f csv")
    assert "Amara Oseï" in people
    assert "Priya Ramen" not in people
    assert people.count("example.org") == 3
    assert inline(DESK) == {"hiringkit where", "hiringkit candidate withdraw", "hiringkit interview amend"}
    walk.run("hiringkit interview amend --help")


def test_a_candidate_learns_what_is_kept_is_held_and_erased(walk: Walk) -> None:
    printed = {line: walk.run(line, typed="y\n") for line in commands(PRIVACY)}
    assert "Amara named both teams" in (walk.folder / "amara-osei.html").read_text(encoding="utf-8")
    record = (walk.folder / "amara-osei.json").read_text(encoding="utf-8")
    assert "Helen" not in record
    assert "Lindqvist" not in record
    erased = next(text for line, text in printed.items() if line.startswith("hiringkit candidate erase"))
    assert "erased-1" in erased
    assert str(walk.folder / "before.db") in erased
    held = next(text for line, text in printed.items() if line == "hiringkit db retention")
    assert "som-2026" in held
    left = b"".join(path.read_bytes() for path in walk.folder.glob("firm.db*"))
    assert not [word for word in ("Amara", "amara", "job fair", "named both teams") if word.encode() in left]
    assert "Bo Lindqvist" in walk.run("hiringkit candidate list som-2026 -f csv")
    presets = [line.split("`")[1] for line in PRIVACY.splitlines() if line.startswith(("| `1", "| `3", "| `4"))]
    assert presets == ["1-year", "3-years", "4-years"]
