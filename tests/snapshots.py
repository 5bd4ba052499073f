"""Record what the program prints, to prove that a restructuring changes nothing.

Write the snapshots before the first change, compare after each step and once more at the end:

    python tests/snapshots.py write DIR [--more FOLDER]
    python tests/snapshots.py compare DIR [--more FOLDER] [--ignore PATH]

Every command runs as a process of its own, in temporary folders, with nothing of the machine's settings; both actions
take the same --more, a folder of further ratings files. One document a command: exit code, standard output (parsed
where it is JSON), standard error and written files. Times of the run, paths and hashes of the audit log are replaced;
all else must be equal to the letter. --ignore names what may differ: `stdout.model.points` with all below it,
`*.points` wherever it stands, `demo/*:stdout.notes` in those documents only. Only the command line is used, so modules
may move as they like. This is no part of the test suite: it says that something changed, not what is right.
"""

import argparse
import csv
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
RUBRICS, BANKS = (
    {path.stem: str(path.relative_to(ROOT)) for path in sorted((ROOT / folder).rglob("*.yaml"))}
    for folder in ("rubrics", "question_banks")
)
MANAGER = "sales-operations-manager"
FORMS = {"en": "{json,table}", "zh": "table"}
"""What is asked for in each language: most JSON is the same in both."""
RATINGS = {".csv", ".tsv", ".jsonl", ".parquet"}
SHOWN, WIDE = 60, 200
"""How many lines of differences are printed of one document, and how much of a value."""

Document = dict[str, Any]
Documents = dict[str, Document]


class Step(NamedTuple):
    """One command."""

    line: str
    """What is typed after `hiringkit`."""
    typed: str = ""
    """Standard input."""


class Scene(NamedTuple):
    """Commands that run one after the other in the same folder; scenes run side by side."""

    folder: str
    steps: Sequence[Step]


class Stage:
    """Temporary folders to run in, and what has been recorded so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.days = {f"{datetime.now(UTC):%Y-%m-%d}"}
        self.taken: Counter[str] = Counter()

    def play(self, scene: Scene, names: Sequence[str]) -> Documents:
        """Run the commands of a scene, then read the folder `kept` that they may have filled."""
        place = self.folder / scene.folder
        found = {name: self.record(step, place) for name, step in zip(names, scene.steps, strict=True)}
        if kept := sorted(path for path in (place / "kept").rglob("*") if path.is_file()):
            found[f"{scene.folder}/kept"] = {"files": {str(path.relative_to(place)): self.read(path) for path in kept}}
        return found

    def name(self, scene: Scene) -> list[str]:
        """Name the documents of a scene after their commands."""
        return [self._name(scene.folder, step.line) for step in scene.steps]

    def _name(self, folder: str, line: str) -> str:
        words = re.sub(r"[^\w.+=]+", "-", self.steady(line))[:100].strip("-")
        name = f"{folder}/{words}"
        self.taken[name] += 1
        return name if self.taken[name] == 1 else f"{name}.{self.taken[name]}"

    def record(self, step: Step, place: Path) -> Document:
        """Run a command and return its document."""
        words = shlex.split(step.line)
        done = subprocess.run(
            [sys.executable, "-m", "hiringkit", *words],
            cwd=place,
            env=self.environment(place),
            input=step.typed.encode(),
            capture_output=True,
            timeout=600,
            check=False,
        )
        document: Document = {
            "command": self.steady(f"hiringkit {step.line}"),
            "exit": done.returncode,
            "stdout": self.parse(done.stdout),
            "stderr": self.parse(done.stderr, plain=True),
        }
        if "-o" in words and (written := place / words[words.index("-o") + 1]).is_file():
            document["file"] = self.read(written)
        return document

    def environment(self, place: Path) -> dict[str, str]:
        """Return all that a command sees of the machine."""
        home = place / "home"
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
            "HIRINGKIT_DB": "hiringkit.db",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "dumb",
            "COLUMNS": "80",
            "LINES": "24",
            "OPENBLAS_NUM_THREADS": "1",  # the order of a sum is the machine's otherwise
            "OMP_NUM_THREADS": "1",
        }

    def read(self, path: Path) -> Any:
        """Return what a written file holds."""
        return self.parse(path.read_bytes())

    def parse(self, output: bytes, *, plain: bool = False) -> Any:
        """Return output as the JSON value that it is, else as lines."""
        text = self.steady(output.decode("utf-8", "backslashreplace"))
        try:
            return text.split("\n") if plain else json.loads(text)
        except ValueError:
            return text.split("\n")

    def steady(self, text: str) -> str:
        """Replace what no two runs have in common: paths, times, and the audit log's hashes, which are of times.

        Days before the run are data and stay; so does the digest of a rubric.
        """
        self.days.add(f"{datetime.now(UTC):%Y-%m-%d}")
        for path, word in ((self.folder, "<temp>"), (ROOT, "<tree>")):
            text = text.replace(str(path), word)
        clock = r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?"
        text = re.sub(rf"(?:{'|'.join(sorted(self.days))}){clock}", "<now>", text)
        return re.sub(r"(?<!sha256:)\b[0-9a-f]{64}\b", "<hash>", text)


# ---- what is run


def commands(text: str) -> list[str]:
    """Return the commands of a text, one a line; `{a,b}` makes one for a and one for b."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    while any("{" in line for line in found):
        found = [line.replace(each, choice, 1) for line in found for each, choice in _choices(line)]
    return found


def _choices(line: str) -> list[tuple[str, str]]:
    braces = re.search(r"\{([^{}]*)\}", line)
    return [(braces[0], choice) for choice in braces[1].split(",")] if braces else [("", "")]


def alone(folder: str, text: str, typed: str = "") -> Iterator[Scene]:
    """Yield commands that need no other before them."""
    yield from (Scene(folder, [Step(line, typed)]) for line in commands(text))


DEMO = f"""
compare demo --seed 3 -f {{json,table}} --lang {{en,zh}}
compare demo --seed 3 -f json {{--method observed,--level 0.5,--level 0.99,--history,--prior vague}}
compare demo --seed 3 -f json --effects candidate,interviewer
compare demo --seed 3 -f json --as marcus
compare demo --method observed -f table --as marcus --lang zh
compare demo --method observed {{-f markdown,-f csv --excel -o compare.csv,-o compare.html}}
profile demo {{amara,wenjing,tomas,priya}} --seed 3 -f json
profile demo priya --seed 3 -f table --lang {{en,zh}}
profile demo priya --method observed {{-f json --lang zh,-o profile.html}}
profile demo {{tomas,amara}} --as marcus --method observed -f json
score ratings.csv --rubric {MANAGER} --seed 3 -f json
agreement ratings.csv --rubric {MANAGER} --seed 3 -f json
interview list demo {{-f json,--candidate tomas -f json,--interviewer sofia -f table --lang zh}}
interview show demo/tomas/zhiyuan -f json
interview show demo/amara/marcus -f table --lang {{en,zh}}
interview show demo/tomas/{{helen,marcus}} --as marcus -f json
opening list -f {{json,table}}
opening show demo {{-f json,-f table --lang zh,-f json --as marcus}}
candidate list demo {{-f json,-f table --lang zh}}
candidate show demo {{wenjing,tomas}} -f json
interviewer list {{-f json,-f csv --lang zh}}
interviewer show {{zhiyuan,marcus}} -f json
export demo {{,-f json,--as marcus,--excel -o excel.csv}}
"""
"""What reads the demo's database; Marcus still owes a scorecard for Tomás."""

HIRE = f"""
opening create spring --rubric {MANAGER} --title 'Spring (invented)'
candidate add spring 'Noor Ödegård' --id noor --email noor@candidates.example --note '=1+1 [b]'
candidate add spring 'Pim' --id pim
interviewer add 'Una Ray' --email una@firm.example
interview schedule spring {{noor,pim}} helen marcus --question bottlenecks --question large-data
interview schedule spring noor una-ray --minutes 45 --at 2030-01-02T09:30
interview rate spring/pim/marcus bottlenecks 2 --as marcus --evidence 'timed each step' --probe 1
interview rate spring/pim/marcus large-data no-evidence --as marcus
interview submit spring/pim/marcus --as marcus --recommend strong-no --summary 'no figures'
"""
"""A second opening beside the demo's, with two of the same interviewers."""

AFTER_HIRE = """
interview amend spring/pim/helen bottlenecks 2 --reason 'misheard a figure' --as helen
interview rate spring/pim/helen bottlenecks 2 --as helen
interview show {spring/pim/helen,demo/tomas/marcus} -f json
compare spring --history --seed 3 -f table
compare demo --history --seed 3 -f json
compare demo --as marcus --seed 3 -f json
rubric drop-question demo bottlenecks --reason 'asked differently'
compare demo --seed 3 -f json
export demo -f json
rubric drop-question demo bottlenecks --restore
profile spring noor --method observed -f table --lang zh
candidate withdraw spring pim --reason 'took another offer'
candidate list spring -f json
compare spring --method observed -f json
interviewer show helen --as helen -f json
opening close spring
opening list -f json
opening show spring -f json
interview rate spring/noor/una-ray bottlenecks 2
audit log -f {json,table}
audit {verify,head} -f json
db status -f json
"""

OPTIONS = f"""
{{score,agreement}} strict-interviewer.csv --seed 3 -f table --lang {{en,zh}}
score strict-interviewer.csv --scale 0:10 --level 0.5 --seed 3 -f json
score strict-interviewer.csv --drop-question coaching --method observed -f json
score strict-interviewer.csv --method observed -f {{csv,markdown}}
score strict-interviewer.csv --rubric {MANAGER} -f json
agreement strict-interviewer.csv --drop-question coaching --level 0.5 --seed 3 -f json
score two.{{csv,tsv,jsonl}} --scale 1:5 --opening spring --method observed -f json
score two.csv --scale 1:5 --opening spring --history --seed 3 -f json
score two.csv --scale 1:5 {{,--opening winter}} -f json
agreement two.tsv --scale 1:5 --seed 3 -f json
"""
"""What the options of score and agreement do, and each kind of file that they read."""

LIBRARY = f"""
rubric list -f {{json,table,table --lang zh}}
rubric show {{{",".join(RUBRICS)}}} -f json
rubric show {MANAGER} -f table --lang {{en,zh}}
rubric coverage {{{",".join(RUBRICS)}}} -f json
rubric coverage {MANAGER} -f {{csv,table,table --lang zh}}
rubric check {RUBRICS[MANAGER]} -f json
rubric check -f {{json,table --lang zh}}
rubric diff sales-operations-analyst {MANAGER} -f {{json,table --lang zh}}
rubric diff {MANAGER} {MANAGER} --check -f table
rubric pack {{{",".join(RUBRICS)}}} -f markdown
rubric pack {MANAGER} --minutes 60 {{-o pack.html,-o pack-zh.html --lang zh}}
rubric pack {MANAGER} --question bottlenecks -f markdown --lang zh
rubric schema --kind {{rubric,question-bank}} -f {{json,markdown}}
bank list -f {{json,table,table --lang zh}}
bank show {{{",".join(BANKS)}}} -f json
bank show sales-operations -f table --lang {{en,zh}}
bank check {BANKS["sales-operations"]} -f json
bank check -f {{json,table --lang zh}}
bank search {{forecast,预测 销售}} -f {{json,table}}
bank search --criterion forecasting --kind situational -f json
bank search xyzzy
bank duplicates {{-f json,--at-least 0.2 -f table}}
posting {{{",".join(RUBRICS)}}} -f json
posting {MANAGER} -f table --lang {{en,zh}}
schema {{,comparison,profile}}
"""

REFUSED = """
{compare,bank show,need show} nope --lang {en,zh}
{opening show,posting,practice} nope --lang zh
score missing.csv --lang {en,zh}
score missing.csv --level 2 --lang {en,zh}
rubric show sales-operations-managr --lang {en,zh}
self report --lang {en,zh}
compare --lang {en,zh}
nonsense
rubric list {--nonsense,--lang fr}
db status -f json
"""

TEXTS = {"library": LIBRARY, "options": OPTIONS, "refused": REFUSED}
"""What needs nothing but the shipped files, by the folder that it runs in."""


def writing_scene() -> Scene:
    """Return a second hire from its opening to its end, and what it changes."""
    prompted = [
        Step("interview score spring/noor/helen --as helen", "4\n3\nyes\nsolid\ny\n"),
        Step("interview score spring/noor/marcus --as marcus", "3\n?\n9\nb\n2\n2\n\n\ny\n"),
        Step("interview score spring/pim/helen --as helen --lang zh", "3\n5\nyes\n\ny\n"),
        Step("candidate import spring -", "name,email\nAda Ito,ada@candidates.example\nBo,\n"),
        Step("interviewer import - -f json", "name,id\nYu Chen,yu\n"),
        Step("candidate import spring -", "name,id\nNoor,noor\n,x\n"),
        Step("interview score demo/tomas/marcus --as marcus", "4\ne He timed it\nn\nx\n3\n5\n2\n3\n3\nyes\nclear\ny\n"),
        Step("opening offer spring", "2\n3\n\nb\n4\n5\n1\n"),
        Step("candidate expect spring noor sponsorship 5"),
        Step("practice sales-operations --count 2 --as helen -f json", "3\nbecause\n4\n\n"),
    ]
    return Scene("writing", [*map(Step, commands(HIRE)), *prompted, *map(Step, commands(AFTER_HIRE))])


def ratings_scenes(files: Sequence[Path]) -> Iterator[Scene]:
    """Yield what reads each of these ratings files: by itself, and with each shipped rubric that has its questions."""
    for path in files:
        for given in ("", *(f" --rubric {rubric}" for rubric in fitting_rubrics(path))):
            name = shlex.quote(path.name)
            lines = f"""
                score {name}{given} --method {{calibrated,observed}} --seed 3 -f json
                agreement {name}{given} --seed 3 -f json
            """
            yield from alone("ratings", lines)


def fitting_rubrics(path: Path) -> list[str]:
    """Return the shipped rubrics that mention every question of a CSV file."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        questions = {row["question"] for row in csv.DictReader(file) if row.get("question")}
    known = {
        rubric: set(re.findall(r"[\w-]+", (ROOT / each).read_text(encoding="utf-8")))
        for rubric, each in RUBRICS.items()
    }
    return [rubric for rubric, words in known.items() if questions and questions <= words]


def two_openings() -> Iterator[tuple[str, ...]]:
    """Yield invented ratings, the columns first: two openings, three interviewers who were in both, one strict."""
    yield "opening", "candidate", "interviewer", "question", "rating"
    for opening, number, strict, question in product(("spring", "autumn"), range(1, 4), range(3), range(1, 5)):
        level = 1 + number - strict + (number * 7 + question * 5 + strict) % 3
        yield opening, f"{opening}-{number}", ("ivo", "una", "kit")[strict], f"q{question}", str(min(5, max(1, level)))


def editing_scene() -> Scene:
    """Return what writes rubrics, each in a copy, and how the result differs from what was there."""
    changes = f"""
        rubric set copy.yaml criteria.forecasting.weight 20
        rubric set copy.yaml title.zh 销售运营经理（虚构）
        rubric set copy.yaml version 1.0.1
        rubric set copy.yaml criteria.nonsense.weight 20
        rubric diff {MANAGER} copy.yaml {{-f json,--check,--check --lang zh}}
        rubric check copy.yaml -f json
        rubric new senior-analyst --from sales-operations-analyst --yes -o kept/senior.yaml
        rubric new plain --description description.txt -o kept/plain.yaml
        rubric check kept -f json
    """
    return Scene("editing", [Step(line) for line in commands(changes)])


def self_scene(language: str) -> Scene:
    """Return two whole self-assessments, what follows from them, and one that was left and taken up again."""
    suffix = f"--dir kept --lang {language}"
    said = "What I did, no. {}\n{}\nthe report of that quarter"
    first, second = (
        "\n".join([*"ypynyyynp", *(said.format(n, level) for n, level in enumerate(levels))])
        for levels in ("24x3132", "3454243")
    )
    after_first = commands(f"self {{report,next-steps}} -f table {suffix}")
    after_second = commands(f"self {{report,next-steps}} -f {FORMS[language]} {suffix}")
    others = f"""
        self report {MANAGER}-1 -f markdown {suffix}
        self report -o report.html {suffix}
        self next-steps -f markdown {suffix}
        self list -f {FORMS[language]} {suffix}
    """
    analyst = "sales-operations-analyst"
    return Scene(
        f"self-{language}",
        [
            Step(f"self start {MANAGER} {suffix}", first),
            *map(Step, after_first),
            Step(f"self start {MANAGER} {suffix} -f json", second),
            *map(Step, after_second),
            Step(f"self start {analyst} --minutes 30 {suffix}", "y\nq\n"),
            Step(f"self start {analyst} --resume {analyst}-1 {suffix}", "?\nb\np\nq\n"),
            Step(f"self report {suffix}"),
            *map(Step, commands(others)),
        ],
    )


def need_scene(language: str) -> Scene:
    """Return assessments of the need for a role, one for each result, and a comparison of two."""
    signs = "training-without-results", "goals-missed", "turnover-or-restructuring", "inconsistent-team"
    met = {each: {"answer": "met"} for each in ("scale", "foundations", "mutual-fit", "time")}
    seen = {sign: {"how_often": "often", "evidence": "four courses since spring"} for sign in signs}
    budget = {"per_year": 150000, "on_cost_percent": 25}
    sets: list[Mapping[str, object]] = [
        {"organisation": "Acme Pumps", "budget": budget, "preconditions": met, "signs": seen},
        {"budget": {"per_year": 150, "on_cost_percent": 25}, "preconditions": met, "signs": seen},
        {"budget": budget, "preconditions": met | {"time": {"answer": "not-yet", "note": "after May"}}, "signs": seen},
        {"budget": budget, "preconditions": met, "signs": {sign: {"how_often": "never"} for sign in signs}},
        {"preconditions": met},
        {"preconditions": {"scale": {"answer": "perhaps"}}, "sings": {}},
    ]
    typed = "\n".join(["150000", "25", "", *("met", "") * 4, *("often", "four courses") * 4])
    suffix = f"--dir kept --lang {language}"
    after = f"""
        need list -f {FORMS[language]} {suffix}
        need show {MANAGER}-{{1,2,3,4,5}} -f table {suffix}
        need show {MANAGER}-1 -o need.html {suffix}
        need compare {MANAGER}-1 {MANAGER}-3 -f {FORMS[language]} {suffix}
    """
    return Scene(
        f"need-{language}",
        [
            *(Step(f"need {MANAGER} --answers - -f json {suffix}", json.dumps(answers)) for answers in sets),
            Step(f"need {MANAGER} {suffix}", typed),
            Step(f"need {MANAGER} {suffix}", "met\n?\nb\nnot yet\nwhy not\nq\n"),
            *map(Step, commands(after)),
        ],
    )


def practice_scene(language: str) -> Scene:
    """Return practice in two sessions with a report on both, and one that was left."""
    suffix = f"--dir kept --lang {language}"
    return Scene(
        f"practice-{language}",
        [
            Step(f"practice sales-operations {suffix}", "2\nbecause\n4\n\n9\n3\n\n" * 8),
            Step(f"practice sales-operations --count 3 -f json {suffix}", "4\n\n" * 3),
            Step(f"practice sales-operations --question bottlenecks --count 1 {suffix}", "q\n"),
            *map(Step, commands(f"practice sales-operations --report -f {FORMS[language]} {suffix}")),
        ],
    )


def typed_scenes() -> Iterator[Scene]:
    """Yield what reads a file on standard input: bad ratings, a broken rubric, a firm, somebody's posting."""
    ratings = "candidate,interviewer,question,rating\na,i,q,9\na,i,q,2\n,i,q,3\nb,i,q,often\n"
    yield from alone("typed", "score - --scale 1:5 {-f json,--lang zh}", ratings)
    rubric = (
        "schema: hiringkit/rubric/1\nid: Broken Id\ntitle: {en: x}\ncriteria:\n  - id: a\n    weight: nine\nid: b\n"
    )
    yield from alone("typed", "rubric check - {-f json,--lang zh}", rubric)
    firm = {
        "name": "Acme Pumps",
        "about": {"en": "We make pumps.", "zh": "我们制造水泵。"},
        "location": "Leeds",
        "contact": {"email": "jobs@acme.example"},
        "employment_type": ["full-time"],
        "date_posted": "2025-03-01",
        "compensation": {"currency": "GBP", "low": 60000, "high": 75000, "per": "year"},
    }
    posting = f"""
        posting {MANAGER} --company - -f {{json,markdown}} --lang {{en,zh}}
        posting {MANAGER} --company - --short {{-o posting.html,-o posting-zh.html --lang zh}}
    """
    yield from alone("typed", posting, json.dumps(firm))
    text = (
        "We want a rockstar who keeps the CRM clean, forecasts sales and trains new hires.\n\n- A bachelor's degree\n"
    )
    yield from alone("typed", f"posting check - --rubric {MANAGER} -f {{json,table}} --lang {{en,zh}}", text)


def ratings_files(more: Path | None) -> list[Path]:
    """Return the ratings files of the tests and of another folder; of two of the same name, the first."""
    found = [path for path in sorted((ROOT / "tests" / "data").rglob("*")) if path.suffix in RATINGS]
    found += sorted(path for path in more.iterdir() if path.is_file()) if more else []
    return list({path.name: path for path in reversed(found)}.values())[::-1]


# ---- running and writing


def record_all(more: Path | None, jobs: int) -> Documents:
    """Run everything, and return the documents by name."""
    files = ratings_files(more)
    before = [
        *(each(language) for each in (self_scene, need_scene, practice_scene) for language in FORMS),
        editing_scene(),
        *typed_scenes(),
        *(scene for folder, text in TEXTS.items() for scene in alone(folder, text)),
        *ratings_scenes(files),
    ]
    demo = Scene(
        "demo", [Step("demo --dir . --fresh"), Step("demo --dir . --lang zh"), Step("export demo -o ratings.csv")]
    )
    after = [writing_scene(), *alone("demo", DEMO)]
    with tempfile.TemporaryDirectory(prefix="snapshots-") as temporary, ThreadPoolExecutor(jobs) as pool:
        stage = Stage(Path(temporary))
        for folder in {scene.folder for scene in (*before, demo, *after)}:
            (stage.folder / folder / "home").mkdir(parents=True)
        prepare(stage, files)

        def play(scene: Scene) -> Future[Documents]:
            return pool.submit(stage.play, scene, stage.name(scene))

        first = play(demo)
        running = [play(scene) for scene in before]
        first.result()
        shutil.copy(stage.folder / "demo" / "hiringkit.db", stage.folder / "writing")
        running += [play(scene) for scene in after]
        return {name: found for each in (first, *running) for name, found in each.result().items()}


def prepare(stage: Stage, files: Sequence[Path]) -> None:
    """Put the files that commands read where they run, so that messages name them without a path."""
    for folder, path in product(("ratings", "options"), files):
        shutil.copy(path, stage.folder / folder)
    shutil.copy(ROOT / RUBRICS[MANAGER], stage.folder / "editing" / "copy.yaml")
    (stage.folder / "editing" / "kept").mkdir()
    description = "Duties\n- Keeps the CRM clean.\n- Forecasts sales each week.\nRequirements\n- SQL\n"
    (stage.folder / "editing" / "description.txt").write_text(description, encoding="utf-8")
    for shipped in ("rubrics", "question_banks"):
        shutil.copytree(ROOT / shipped, stage.folder / "library" / shipped)
    columns, *rows = two_openings()
    for kind, delimiter in (("csv", ","), ("tsv", "\t")):
        lines = [delimiter.join(row) for row in (columns, *rows)]
        (stage.folder / "options" / f"two.{kind}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [json.dumps(dict(zip(columns, row, strict=True))) for row in rows]
    (stage.folder / "options" / "two.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write(folder: Path, documents: Documents) -> None:
    """Write every document to a file of its own."""
    for name, document in documents.items():
        path = folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(folder: Path) -> Documents:
    """Read what `write` wrote."""
    return {
        str(path.relative_to(folder).with_suffix("")): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.json"))
    }


# ---- comparing


class Comparison(NamedTuple):
    """What may differ, in which document."""

    document: str
    ignored: Sequence[str]

    def differences(self, before: Any, after: Any, path: str = "") -> Iterator[str]:
        """Yield lines that say where two values differ."""
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self._of_objects(before, after, path)
        elif _is_text(before) and _is_text(after):
            changed = difflib.unified_diff(before, after, lineterm="", n=1)
            yield from (f"{path}: {line}" for line in list(changed)[2:])
        elif isinstance(before, list) and isinstance(after, list):
            if len(before) != len(after):
                yield f"{path}: {len(before)} items -> {len(after)}"
            for number, pair in enumerate(zip(before, after, strict=False)):
                yield from self._below(*pair, f"{path}.{number}")
        elif json.dumps(before) != json.dumps(after):  # 1 and 1.0 are equal, and not printed alike
            yield f"{path}: {_short(before)} -> {_short(after)}"

    def _of_objects(self, before: Document, after: Document, path: str) -> Iterator[str]:
        missing = object()
        prefix = f"{path}." if path else ""
        for key in [*before, *(key for key in after if key not in before)]:
            one, other = before.get(key, missing), after.get(key, missing)
            if self._ignores(f"{prefix}{key}"):
                continue
            if one is missing:
                yield f"{prefix}{key}: new: {_short(other)}"
            elif other is missing:
                yield f"{prefix}{key}: gone: {_short(one)}"
            else:
                yield from self.differences(one, other, f"{prefix}{key}")
        if list(before) != list(after) and set(before) == set(after):
            yield f"{path}: the keys are in another order: {_short(list(before))} -> {_short(list(after))}"

    def _below(self, before: Any, after: Any, path: str) -> Iterator[str]:
        if not self._ignores(path):
            yield from self.differences(before, after, path)

    def _ignores(self, path: str) -> bool:
        named = (path, f"{self.document}:{path}")
        return any(fnmatchcase(each, pattern) for each in named for pattern in self.ignored)


def _is_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= WIDE else f"{text[:WIDE]}…"


def report(before: Documents, after: Documents, ignored: Sequence[str]) -> int:
    """Print the differences of every document, and return how many differ."""
    differing = 0
    for name in sorted({*before, *after}):
        if name not in before or name not in after:
            lines = ["only recorded before" if name in before else "not recorded before"]
        else:
            lines = list(Comparison(name, ignored).differences(before[name], after[name]))
        if not lines:
            continue
        differing += 1
        left_out = [f"… and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
        say(f"\n{name}", *(f"  {line}" for line in [*lines[:SHOWN], *left_out]))
    return differing


def say(*lines: str) -> None:
    """Print lines."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def main() -> int:
    """Write or compare; 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["write", "compare"])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--more", type=Path, metavar="FOLDER", help="a folder of further ratings files, if it exists")
    parser.add_argument("--ignore", action="append", default=[], metavar="PATH", help="a key that may differ")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="commands at a time")
    given = parser.parse_args()
    if given.action == "write" and given.folder.exists() and any(given.folder.iterdir()):
        parser.error(f"{given.folder} is not empty")
    before = read(given.folder)
    if given.action == "compare" and not before:
        parser.error(f"{given.folder} holds no snapshots")
    more = given.more if given.more and given.more.is_dir() else None
    documents = record_all(more, given.jobs)
    exits = Counter(document.get("exit") for document in documents.values() if "exit" in document)
    say(f"{len(documents)} documents; exit codes {', '.join(f'{code}: {n}' for code, n in sorted(exits.items()))}")
    if given.action == "write":
        write(given.folder, documents)
        return 0
    differing = report(before, documents, given.ignore)
    say("" if differing else "Nothing differs.", *([f"{differing} documents differ."] if differing else []))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
