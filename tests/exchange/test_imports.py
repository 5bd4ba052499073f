"""What is light stays light: pyarrow is loaded by large files and Parquet alone."""

import subprocess
import sys
from collections.abc import Callable

Write = Callable[..., str]


def test_a_small_file_is_read_without_pyarrow_and_numpy(write: Write) -> None:
    path = write("candidate,interviewer,question,rating\nc,i,q,4\n")
    code = (
        "import sys; from hiringkit.exchange.ratings import read_ratings; "
        f"table, findings = read_ratings({path!r}); assert len(table) == 1; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pyarrow", "numpy"} & set(done.stdout.split())
