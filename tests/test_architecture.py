"""The house rules of docs/design.md that a machine can hold: who imports whom, and what a start may load."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

import hiringkit
from hiringkit.cli.main import run

PACKAGE = Path(__file__).parents[1] / "hiringkit"
MODULES = sorted(PACKAGE.rglob("*.py"))
WINGS = {"library", "scoring", "planning", "store", "exchange", "report"}
LEAVES = {"text": 1, "domain": 2, "errors": 2}
"""`text` is below everything; `domain` speaks in its words."""
FLOOR = (
    LEAVES
    | dict.fromkeys({"files", "settings", "locale", "timezone"}, 3)
    | dict.fromkeys(WINGS, 4)
    | {"actions": 5, "api": 6, "cli": 6, "tui": 6, "web": 6}
)
DOORS = 6
OWNERS = {
    "click": {"cli"},
    "textual": {"tui"},
    "yaml": {"library"},
    "cattrs": {"library", "exchange"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "numpy": {"scoring", "planning"},
    "scipy": {"scoring", "planning"},
    "threadpoolctl": {"scoring"},
    "jinja2": {"report"},
    "xlsxwriter": {"report"},
    "pyarrow": {"exchange"},
    "fsspec": {"exchange"},
    "distributed": {"scoring"},
    "narwhals": {"scoring"},
    "platformdirs": {"settings"},
    "snowballstemmer": {"text"},
    "anyascii": {"text"},
    "starlette": {"web"},
    "uvicorn": {"web"},
}


def room(path: Path) -> str:
    """Return the room of a module: its folder under the package, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the dotted names that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return frozenset(found)


def misplaced(path: Path, name: str) -> str | None:
    """Say what is wrong with an import, if anything is."""
    own, parts = room(path), name.split(".")
    if own in {"__init__", "__main__"} or parts[0] != "hiringkit" or len(parts) == 1 or parts[1] == own:
        return None
    other = parts[1]
    if (own, other, path.name) in {("cli", "tui", "tui.py"), ("cli", "web", "serve.py")}:
        return None
    if own in WINGS and other in WINGS:
        return f"{path}: wing {own} imports wing {other}"
    if FLOOR[other] > FLOOR[own] or FLOOR[own] == FLOOR[other] == DOORS:
        return f"{path}: {own} imports {other}, which is not below it"
    return None


@pytest.mark.slow
def test_a_room_imports_only_rooms_below_it() -> None:
    assert len(MODULES) > len(FLOOR)
    assert [wrong for path in MODULES for name in imports(path) if (wrong := misplaced(path, name))] == []


def test_each_foreign_package_lives_in_its_own_room() -> None:
    for path in MODULES:
        for name in imports(path):
            owners = OWNERS.get(name.partition(".")[0])
            assert owners is None or room(path) in owners, f"{name} in {path}"


def test_only_settings_reads_the_environment() -> None:
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        assert room(path) == "settings" or not ("os.environ" in source or "getenv" in source), path


@pytest.mark.slow
def test_below_the_front_ends_there_is_no_clock_and_no_chance() -> None:
    for path in MODULES:
        if room(path) != "cli":
            called = {ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)}
            assert not called & {"datetime.now", "datetime.utcnow", "time.time", "uuid.uuid4", "date.today"}, path
            # a salt that could be reproduced would be none
            made_here = (path.parent.name == "store" and path.name == "audit.py") or path.name == "0012_audit.py"
            salts = {"secrets"} if made_here else set()
            assert not imports(path) & ({"random", "uuid", "secrets"} - salts), path


def is_message(node: ast.ClassDef) -> bool:
    """Return whether a class is a widget's message, which is known by the widget's name and its own."""
    return "Message" in {ast.unparse(base) for base in node.bases}


@pytest.mark.slow
def test_a_class_name_means_one_thing_in_the_whole_package() -> None:
    """But for `api.py`: to its readers `hiringkit.Comparison` is the one, as it is to ours."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and not is_message(node) and path.name != "api.py":
                places.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def loaded_by(code: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter has loaded after running the code."""
    script = (
        f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


HEAVY = {
    "numpy",
    "scipy",
    "sqlalchemy",
    "textual",
    "alembic",
    "yaml",
    "jinja2",
    "cattrs",
    "pyarrow",
    "narwhals",
    "pandas",
    "polars",
    "starlette",
    "uvicorn",
}


@pytest.mark.parametrize("words", ["--help", "-h", "--version", "--lang=zh --help", "interview --help"])
def test_help_loads_nothing_heavy(words: str) -> None:
    loaded = loaded_by(f"import hiringkit.cli.main as m; m.main({words.split()!r})")
    assert not loaded & HEAVY


def test_importing_the_package_loads_nothing_at_all_of_others() -> None:
    assert not loaded_by("import hiringkit") & (HEAVY | {"attr", "click"})


@pytest.mark.slow
def test_scoring_in_python_loads_neither_a_database_nor_a_command_line() -> None:
    ids = "'candidate': list('aabb'), 'interviewer': list('xyxy'), 'question': list('qqqq')"
    made = f"import hiringkit as hk; c = {{{ids}, 'rating': [1, 2, 3, 5]}}"
    code = f"{made}; hk.score(c).to_frame(); hk.agreement(c).to_dict()"
    loaded = loaded_by(code)
    assert {"numpy", "narwhals"} <= loaded
    assert not loaded & {"sqlalchemy", "alembic", "click", "textual", "jinja2", "pandas", "polars", "pyarrow"}


@pytest.mark.slow
@pytest.mark.parametrize("command", ["score", "agreement"])
def test_scoring_a_file_loads_no_database(tmp_path: Path, command: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("candidate,interviewer,question,rating\na,x,q,1\nb,x,q,2\n", encoding="utf-8")
    loaded = loaded_by(f"import hiringkit.cli.main as m; m.main(['{command}', {str(path)!r}])")
    assert "numpy" in loaded
    assert not loaded & {"sqlalchemy", "alembic", "narwhals", "textual", "yaml"}


def test_public_names_are_there_when_asked_for() -> None:
    assert set(hiringkit.__all__) <= set(dir(hiringkit))
    assert all(getattr(hiringkit, name) is not None for name in hiringkit.__all__)
    with pytest.raises(AttributeError):
        hiringkit.no_such_name  # noqa: B018 - the look-up itself is what is tested


MOST_FILES_TO_SCORE = 35
"""Of ours, from the words of `score ratings.csv` to the table on the terminal; so many can be read in an afternoon."""


@pytest.mark.slow
def test_a_file_of_ratings_is_scored_within_few_files() -> None:
    passed: set[str] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(str(PACKAGE)) and frame.f_code.co_name != "<module>":
            passed.add(str(Path(name).relative_to(PACKAGE)))

    run(["--help"])  # its imports run what decorates functions
    words = ["score", str(PACKAGE.parent / "tests/data/strict-interviewer.csv")]
    run(words)
    sys.setprofile(note)
    try:
        assert run(words) == 0
    finally:
        sys.setprofile(None)
    assert {"exchange/ratings.py", "scoring/calibrated/score.py", "report/render/terminal.py"} <= passed
    assert len(passed) <= MOST_FILES_TO_SCORE, sorted(passed)
