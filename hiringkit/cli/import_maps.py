"""Maps of what another program's file means: read, or drafted where there is none."""

from pathlib import Path

from hiringkit.domain.import_map import ImportMap
from hiringkit.errors import FindingsError, HiringKitError, Refused
from hiringkit.text.sentence import Sentence

NOT_UNDERSTOOD = Sentence("{file} is not understood without a map")
DRAFTED_HINT = Sentence("a draft is in {draft}: look at every line, then add --map {draft}")
THERE_HINT = Sentence("one is in {draft}: look at every line, then add --map {draft}")


def read_import_map(path: str) -> ImportMap:
    """Read what the columns and words of another program's file mean.

    Raises:
        FindingsError: The map has errors.
        NotFound: There is no such file.
    """
    from hiringkit.library.import_map import read_map

    given, findings = read_map(Path(path))
    if given is None:
        raise FindingsError(Sentence("{file} has errors and is not used").format(file=path), findings)
    return given


def map_for_sheet(path: str, file: str) -> ImportMap:
    """Read a map for a sheet of ratings; where there is none of that name, draft it.

    Raises:
        FindingsError: The map, or the sheet, has errors.
        Refused: The map was drafted, and has to be looked at.
    """
    if Path(path).exists():
        return read_import_map(path)
    from hiringkit.domain.finding import has_errors
    from hiringkit.domain.import_map import words_of
    from hiringkit.exchange.score_sheets import read_score_sheet

    sheet, findings = read_score_sheet(file)
    if sheet is None or has_errors(findings):
        raise FindingsError(Sentence("{file} has errors and is not used").format(file=file), findings)
    name = Sentence("standard input") if file == "-" else Path(file).name
    words = [word for word in words_of(sheet.scorecards) if sheet.given.read_label(word, None) is None]
    from hiringkit.library.import_map import write_map

    text = write_map(
        sheet.given,
        source=name,
        scale=None,
        words=words,
        attributes={},
        recommendations=(),
        others=sheet.others,
    )
    raise keep_draft(Path(path), name if file == "-" else file, text)


def keep_draft(draft: Path, file: str, text: str) -> HiringKitError:
    """Keep a draft of a map, unless there is a file of that name, and return the refusal that says where it is.

    Raises:
        Refused: It cannot be written.
    """
    from hiringkit.files import create_file

    hint = THERE_HINT
    if not draft.exists():
        create_file(draft, text.encode())
        hint = DRAFTED_HINT
    return Refused(NOT_UNDERSTOOD.format(file=file), hint=hint.format(draft=draft))
