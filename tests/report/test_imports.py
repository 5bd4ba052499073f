"""What is light stays light: only a terminal's table needs Rich."""

import subprocess
import sys


def test_json_csv_and_markdown_do_without_rich() -> None:
    code = (
        "import sys; from hiringkit.report.views.people import interviewers_report; "
        "from hiringkit.report.render.text import render; "
        "[render(interviewers_report([]), f) for f in ('json', 'csv', 'markdown')]; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"rich", "numpy", "jinja2"} & set(done.stdout.split())
