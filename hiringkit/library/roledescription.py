"""A role description in plain text, taken apart into what a rubric has room for."""

import re
from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from hiringkit.domain.text import clean_line

MOST_LINES = 200
_LONGEST_LINE = 240

_BULLET = re.compile(
    r"\s*(?:[-*•·–—▪◦●○‣o](?=\s)|[•·▪◦●○‣]|\(?[0-9]{1,3}[.)、）](?!\d)|[一二三四五六七八九十]{1,3}、)\s*"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|(?<=[。！？；;])\s*")
_MARKUP = re.compile(r"^#+\s*|[*_`]{1,2}(?=\S)|(?<=\S)[*_`]{1,2}")
_HEADING_WORDS = 6


class Section(Enum):
    """What lines under a heading are about."""

    TASKS = r"responsib|dut(?:y|ies)|you will|you'll|what you|tasks|the role|day to day|职责|工作内容|你将"
    PREFERRED = r"nice to have|prefer|bonus|a plus|desirable|优先|加分"
    REQUIRED = (
        r"require|qualif|must have|you have|you bring|skills|experience|who you are|looking for|任职|要求|资格|条件"
    )
    OTHER = r"about|benefit|offer|perks|salary|compensation|equal|apply|关于|福利|待遇|薪|公司介绍|投递"


@frozen
class Description:
    """What a role description says."""

    title: str = ""
    """Its first line, where that is no sentence; may be empty."""
    tasks: tuple[str, ...] = ()
    """What the holder of the role does."""
    required: tuple[str, ...] = ()
    """What candidates must bring along."""
    preferred: tuple[str, ...] = ()
    """What they had better bring along."""
    language: str = "en"
    """zh where most of it is Chinese."""
    text: str = ""
    """All of it, on one line."""


def read_description(text: str) -> Description:
    """Take a description apart by its headings and lines; what stands under no heading is a task."""
    found: dict[Section, list[str]] = {section: [] for section in Section}
    section, title, begun = Section.TASKS, "", False
    for line, bulleted in _lines(text):
        heading = None if bulleted else _heading(line)
        if heading:
            section = heading
        elif not begun and not bulleted and _is_short(line):
            title = line.rstrip(":：")
        else:
            found[section].append(line)
        begun = True
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    kept = {each: tuple(dict.fromkeys(lines))[:MOST_LINES] for each, lines in found.items()}
    return Description(
        title,
        kept[Section.TASKS],
        kept[Section.REQUIRED],
        kept[Section.PREFERRED],
        "zh" if chinese > len(re.findall(r"[A-Za-z]+", text)) else "en",
        clean_line(text),
    )


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line without its bullet, long ones by sentence, with whether it had a bullet."""
    for raw in text.splitlines():
        bullet = _BULLET.match(raw)
        line = clean_line(_MARKUP.sub("", raw[bullet.end() :] if bullet else raw.strip()))
        if not any(map(str.isalnum, line)):
            continue
        if len(line) <= _LONGEST_LINE:
            yield line, bool(bullet)
        else:
            yield from ((part.strip(), True) for part in _SENTENCE_END.split(line) if part.strip())


def _heading(line: str) -> Section | None:
    """Return what a heading announces, or None where the line is none."""
    if not (line.endswith((":", "：")) or _is_short(line)):
        return None
    if len(line) > _LONGEST_LINE // 2:
        return None
    return next((section for section in Section if re.search(section.value, line, re.IGNORECASE)), None)


def _is_short(line: str) -> bool:
    words = len(line.split())
    return words <= _HEADING_WORDS and len(line) <= 60 and not line.endswith((".", "。", ";", "；"))  # noqa: PLR2004 - some words in either script
