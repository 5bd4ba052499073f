"""The one way from a report to text, in the four formats of the command line."""

from hiringkit.errors import UsageProblem
from hiringkit.report.formats import FORMATS
from hiringkit.report.model import Report
from hiringkit.report.render.csv import render_csv
from hiringkit.report.render.json import render_json
from hiringkit.report.render.markdown import render_markdown
from hiringkit.text.sentence import Sentence


def render(
    report: Report,
    format: str = "table",  # noqa: A002 - the option's own name
    *,
    width: int = 80,
    colour: bool = False,
    language: str = "en",
    excel: bool = False,
) -> str:
    """Return a report as text that ends with a newline and holds nothing that a terminal would obey.

    Args:
        report: What to show.
        format: table, json, csv or markdown.
        width: Of the terminal, in cells; for `table` only.
        colour: Whether words of judgement are coloured besides; for `table` only.
        language: en or zh.
        excel: Whether CSV begins with the mark by which Excel knows UTF-8.

    Raises:
        UsageProblem: There is no such format.
    """
    match format:
        case "table":
            from hiringkit.report.render.terminal import render_terminal  # noqa: PLC0415 - only this format needs Rich

            return render_terminal(report, width=width, colour=colour)
        case "json":
            return render_json(report)
        case "csv":
            return render_csv(report, excel=excel)
        case "markdown":
            return render_markdown(report, language=language)
    raise UsageProblem(
        Sentence("no format {format!r}").format(format=format),
        hint=Sentence("formats: {names}").format(names=", ".join(FORMATS)),
    )
