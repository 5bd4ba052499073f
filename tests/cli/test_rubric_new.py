"""`rubric new`: a rubric by questions and answers."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from hiringkit.library.documents import parse_rubric

Run = Callable[..., Any]
AD = """\
CRM Lead

Responsibilities:
- Keep the CRM clean: required fields, duplicates and ownership of accounts
- Run the weekly forecast call and explain each change in the number to finance
- Roll out new tools and processes to the sales teams and see them adopted
- Train new hires on systems
Requirements:
- Three years in sales operations
"""


@pytest.mark.slow
def test_new_from_a_rubric_takes_every_default(hk: Run, here: Path) -> None:
    done = hk("rubric", "new", "senior-analyst", "--from", "sales-operations-analyst", "--yes")
    assert (done.code, done.out) == (0, "")
    path = here / "rubrics" / "sales-operations" / "senior-analyst.yaml"
    for line in ("hiringkit rubric check", "hiringkit rubric coverage", "hiringkit opening create"):
        assert f"  {line}" in done.err
    rubric, findings = parse_rubric(path.read_bytes())
    assert rubric
    assert not findings
    assert (rubric.id, rubric.version, rubric.title.wordings["en"]) == ("senior-analyst", "1.0.0", "Senior analyst")
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert hk("rubric", "check", str(path)).code == 0
    again = hk("rubric", "new", "senior-analyst", "--from", "sales-operations-analyst", "--yes")
    assert again.code == 1
    assert "not overwritten" in again.err


@pytest.mark.slow
def test_an_author_follows_what_is_printed_to_a_check_that_leaves_them_what_is_theirs(hk: Run, here: Path) -> None:
    (here / "ad.txt").write_text(AD, encoding="utf-8")
    done = hk("rubric", "new", "crm-lead", "--description", "ad.txt", typed="\n" * 40)
    assert done.code == 0, done.err
    commands = re.findall(r"^  hiringkit (.*)$", done.err, re.MULTILINE)
    assert len(commands) == 4
    for command in commands:
        followed = hk(*command.replace("MY-OPENING", "crm-2026").split())
        assert followed.code == 0, (command, followed.err)
    checked = hk("rubric", "check", *(str(path) for path in here.glob("rubrics/*/*.yaml")), "-f", "json").json
    left = {"task-not-asked", "time-against-weight", "secondary-unheard"}
    assert {each["code"] for each in checked["findings"]} <= left, "what only the author can settle"
    assert {each["severity"] for each in checked["findings"]} <= {"warning"}
    rubric, _ = parse_rubric(next(here.glob("rubrics/*/*.yaml")).read_bytes())
    assert rubric is not None
    assert rubric.role is not None
    assert [task.text.plain for task in rubric.role.tasks] == [line[2:] for line in AD.splitlines()[3:7]]
    assert all(task.criteria for task in rubric.role.tasks)
    assert rubric.title.plain == "CRM Lead"


@pytest.mark.slow
def test_answers_choose_and_wrong_ones_are_asked_again(hk: Run, here: Path) -> None:
    (here / "ad.txt").write_text(AD, encoding="utf-8")
    answers = ["fr", "en", "Lead of CRM", "9", "1-2", "none", "x", "1,3", "1 2 3", "3 1", "because", "", "", "all"]
    done = hk("rubric", "new", "lead", "--description", "ad.txt", "-o", "lead.yaml", typed="\n".join(answers) + "\n")
    assert done.code == 0, done.err
    assert "Numbers such as 1-4,7, or all, or none." in done.err
    assert "2 numbers above 0, or equal" in done.err
    rubric, _ = parse_rubric((here / "lead.yaml").read_bytes())
    assert rubric is not None
    assert rubric.role is not None
    assert rubric.title.plain == "Lead of CRM"
    assert [criterion.weight for criterion in rubric.criteria] == [3, 1]
    assert rubric.criteria[0].weight_rationale is not None
    assert (len(rubric.role.tasks), rubric.role.requirements) == (2, ())


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\x00\x01", b"\xff\xfe", b"x" * 2_000_000],
    ids=["empty", "blank", "binary", "utf-16", "huge"],
)
def test_a_description_that_says_nothing_is_refused(hk: Run, here: Path, content: bytes) -> None:
    (here / "ad.txt").write_bytes(content)
    done = hk("rubric", "new", "x", "--description", "ad.txt", "--yes")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert [path.name for path in here.iterdir()] == ["ad.txt"]


@pytest.mark.slow
def test_hostile_descriptions_make_a_clean_file(hk: Run, here: Path) -> None:
    lines = [
        "- \x1b]0;owned\x07 keep the CRM \u202e clean",
        '- "}, ] forecast: - # every week',
        "- *alias &anchor !!tag train new hires",
        "- 2022-08-04",
        "- {{ roll out }} <script>tools</script>",
    ]
    (here / "ad.txt").write_text("\n".join(lines).replace("\x07", "").replace("\x1b", ""), encoding="utf-8")
    done = hk("rubric", "new", "x", "--description", "ad.txt", "-o", "x.yaml", typed="\n" * 50)
    assert done.code == 0, done.err
    assert "\u202e" not in done.err + (here / "x.yaml").read_text(encoding="utf-8")
    assert hk("rubric", "check", "x.yaml").code == 0


@pytest.mark.slow
def test_with_schema_an_editor_finds_the_schema_beside_the_file(hk: Run, here: Path) -> None:
    words = ("rubric", "new", "senior-analyst", "--from", "sales-operations-analyst", "--yes", "--schema")
    assert hk(*words).code == 0
    path = here / "rubrics" / "sales-operations" / "senior-analyst.yaml"
    named = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / named).read_text(encoding="utf-8"))
    assert schema == hk("rubric", "schema").json
    assert hk("rubric", "check", str(path)).code == 0


@pytest.mark.slow
def test_a_schema_that_is_there_is_left_as_it_is(hk: Run, here: Path) -> None:
    (here / "rubric.schema.json").write_text("{}")
    done = hk("rubric", "new", "x", "--from", "sales-operations-analyst", "--yes", "--schema", "-o", "x.yaml")
    assert done.code == 0
    assert (here / "rubric.schema.json").read_text() == "{}"
    assert "rubric.schema.json" in done.err


def test_a_schema_has_no_place_beside_standard_output(hk: Run, here: Path) -> None:
    done = hk("rubric", "new", "x", "--from", "sales-operations-analyst", "--yes", "--schema", "-o", "-")
    assert done.code == 2
    assert list(here.iterdir()) == []


@pytest.mark.slow
def test_a_pasted_posting_is_one_answer(tmp_path: Path) -> None:
    arguments = ["-m", "hiringkit", "rubric", "new", "crm-lead", "-o", str(tmp_path / "new.yaml")]
    environment = {**os.environ, "TERM": "xterm", "HIRINGKIT_LANG": "en"}
    sitting = pexpect.spawn(
        sys.executable, arguments, encoding="utf-8", env=environment, timeout=60, dimensions=(50, 200)
    )
    sitting.expect("or its text, pasted")
    sitting.expect("> ")
    sitting.send("\x1b[200~" + AD.replace("\n", "\r") + "\r\rBenefits:\r- A dog\x1b[201~\r")
    sitting.expect(r"Languages of the file.*\[en\]: ")
    sitting.sendline("en")
    sitting.expect(r"Title \[CRM Lead\]: ")
    for _question in range(40):
        sitting.sendline("")
    sitting.expect(pexpect.EOF)
    assert sitting.wait() == 0
    rubric, _ = parse_rubric((tmp_path / "new.yaml").read_bytes())
    assert rubric is not None
    assert rubric.role is not None
    assert [task.text.plain for task in rubric.role.tasks] == [line[2:] for line in AD.splitlines()[3:7]]


@pytest.mark.slow
def test_a_description_may_come_from_a_pipe(hk: Run, here: Path) -> None:
    done = hk("rubric", "new", "crm-lead", "--description", "-", typed=AD)
    assert done.code == 0, done.err
    rubric, _ = parse_rubric(next(here.glob("rubrics/*/*.yaml")).read_bytes())
    assert rubric is not None
    assert rubric.title.plain == "CRM Lead"
    empty = hk("rubric", "new", "other", "--description", "-", typed="\n")
    assert empty.code == 1
    assert "the text that was given says nothing that could be a task" in empty.err
