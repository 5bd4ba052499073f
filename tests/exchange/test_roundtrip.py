"""What is exported reads back as it was, whatever it holds, and says nothing to a spreadsheet."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hiringkit.domain.rating_table import tidy_label
from hiringkit.exchange.ratings import read_ratings
from hiringkit.report.render.text import render
from hiringkit.report.views.export import ratings_report
from hiringkit.text.clean import clean_text

IDS = st.text(min_size=1, max_size=8).map(tidy_label).filter(bool)
EVIDENCE = st.text(max_size=20).map(clean_text)
RATINGS = st.sampled_from(["1", "5", "not-assessed", "no-evidence"])


@pytest.mark.slow
@given(st.lists(st.tuples(IDS, IDS, IDS, IDS, RATINGS, EVIDENCE), min_size=1, max_size=6), st.booleans())
@example([("o", "=HYPERLINK(1)", "'=1", "''+1", "4", "\t=cmd|' /C calc'!A0")], False)
@example([("o", "＝1", "-5", "@x", "4", 'said "yes",\n=1\n')], True)
def test_an_export_reads_back_as_it_was(rows: list[tuple[str, ...]], excel: bool) -> None:
    text = render(ratings_report([(*row, "2026-03-02T09:30:00+00:00", *[""] * 8) for row in rows]), "csv", excel=excel)
    table, findings = read_ratings("-", stdin=io.BytesIO(text.encode()))
    assert findings == []
    assert table is not None
    assert table.opening is not None
    back = list(
        zip(
            *(
                [c.labels[i] for i in c.codes]
                for c in (table.opening, table.candidate, table.interviewer, table.question)
            ),
            table.evidence or [""] * len(rows),
            strict=True,
        )
    )
    assert back == [(*row[:4], row[5]) for row in rows]


@pytest.mark.parametrize(
    "name",
    ["=1", "+1", "-1", "@x", " =1", "\t=1", "\u3000=1", "\u00a0@x", "＝1", "＋1", "－1", "＠x", "\u200c=1", "'=1"],
)
def test_no_text_reaches_a_spreadsheet_as_a_formula(name: str) -> None:
    text = render(ratings_report([("o", name, "i", "q", "4", "", "", *[name] * 8)]), "csv")
    assert text.splitlines()[1].split(",")[1].strip('"').startswith("'")
