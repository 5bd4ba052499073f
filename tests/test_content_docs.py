"""docs/content.md has the tables that benchmarks/content.py makes."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_says_what_is_measured_now() -> None:
    page = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    tables = runpy.run_path(str(ROOT / "benchmarks" / "content.py"))["tables"]()
    assert [heading for heading in tables if heading not in page] == []
    assert [heading for heading, table in tables.items() if f"\n\n{table}\n" not in page] == []
