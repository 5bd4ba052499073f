"""What reading a rubric loads: neither cattrs, which only writing needs, nor any other wing."""

import subprocess
import sys

LOADED = """
import sys
import hiringkit.library.catalog
heavy = {"cattrs", "numpy", "sqlalchemy", "jinja2", "click", "json"}
print(*sorted({name.partition(".")[0] for name in sys.modules} & heavy))
"""


def test_reading_loads_no_heavy_library() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
