"""Blocks of a page: drawings and layouts beyond tables and lists, each with plain blocks that say the same in text."""

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from hiringkit.domain.profile import BarState, OpenInterval
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Table, Tone, Word, show_chance

Sign = str
"""A small drawing of the page, by its name in signs.html; empty for none."""


@frozen
class ForestRow:
    """A figure with its interval."""

    name: str
    value: float | None
    interval: OpenInterval | None
    shown: str
    """The figure in words."""
    reach: str = ""
    """The interval in words."""
    note: str = ""
    plain: float | None = None
    """A second figure beside it, such as the plain mean."""
    bar: float | None = None
    """What it is held against."""
    out: bool = False
    """Whether it misses what nothing else makes up for."""


@frozen
class Forest:
    """Figures with intervals on one scale, below each other."""

    title: str
    rows: tuple[ForestRow, ...]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[tuple[float, str], ...] = ()
    """Limits that hold for all rows, with their names."""
    zero: float | None = None
    ends: tuple[str, str] = ("", "")
    """What lies to the left and right."""


@frozen
class Chances:
    """Probabilities that add up to one, and how much is asked for."""

    title: str
    parts: tuple[tuple[str, str, float], ...]
    """Name, share in words, share; the first two are drawn apart from the rest."""
    asked: float
    asked_words: str


@frozen
class Dots:
    """A few people's levels on one scale, the lowest drawn apart."""

    title: str
    low: float
    high: float
    marks: tuple[tuple[str, float], ...]
    """Name and level, ascending."""


@frozen
class QuestionBlocks:
    """A block for each question, by how many heard an answer."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    """Name, sum in words, and a sign a question: `2` by two or more, `1` by one, `x` no evidence, `0` not asked."""


@frozen
class BarRow:
    """A figure against what is asked for."""

    name: str
    note: str
    value: float | None
    shown: str
    bar: float | None
    proven: bool = True
    """Whether evidence stands behind it; a claim is drawn pale."""


@frozen
class Bars:
    """Figures as bars, each against its own mark."""

    title: str
    rows: tuple[BarRow, ...]
    low: float
    high: float


Drawing = Forest | Chances | Dots | QuestionBlocks | Bars


@frozen
class Figure:
    """A drawing with the key to its signs. In text its figures stand in what is given instead."""

    drawing: Drawing
    key: tuple[tuple[Sign, str], ...] = ()
    instead: tuple[Block, ...] = ()


@frozen
class HeatCell:
    """One candidate on one criterion."""

    score: float | None
    state: BarState | None = None
    chance: float | None = None
    """Of reaching the bar."""
    split: str = ""
    """How far interviewers are apart, where they are."""


@frozen
class HeatRow:
    """One criterion."""

    name: str
    note: str
    turn: float
    """The score from which on the bar counts as reached: there the tints turn."""
    cells: tuple[HeatCell, ...]


@frozen
class HeatMap:
    """Criteria as rows, candidates as columns."""

    title: str
    columns: tuple[tuple[str, str], ...]
    """Name and note of each candidate."""
    rows: tuple[HeatRow, ...]
    low: float
    high: float
    tints: str
    """What the tints tell."""
    more: int = 0
    """Candidates who are left out because nobody would read them."""


@frozen
class Verdict:
    """What has to be decided, and whether it is."""

    word: Word
    sentence: str
    drawing: Chances | None = None
    points: tuple[tuple[str, str], ...] = ()
    """Heading and sentences."""


@frozen
class Quote:
    """What somebody heard, and the level they gave it."""

    level: str
    who: str
    label: str
    """What the level stands for."""
    text: str


@frozen
class PanelSplit:
    """Two interviewers who are far apart on one question, their evidence side by side."""

    title: str
    question: str
    dots: Dots
    low: Quote
    high: Quote
    ask: str = ""


@frozen
class Remark:
    """What one interviewer recommended."""

    word: Word
    who: str
    why: str


@frozen
class Card:
    """A candidate with what was said of them."""

    title: str
    note: str
    remarks: tuple[Remark, ...]


@frozen
class Cards:
    """Cards beside each other."""

    cards: tuple[Card, ...]


@frozen
class Heard:
    """What stands behind one figure."""

    title: str
    note: str
    quotes: tuple[tuple[str, str, str], ...]
    """What was said, the level, and by whom and on what."""


@frozen
class Fold:
    """What can be opened."""

    title: str
    note: str
    heard: tuple[Heard, ...]
    open: bool = False


@frozen
class Tally:
    """A line of counts."""

    items: tuple[tuple[str, str], ...]


@frozen
class PageSection:
    """Blocks under one heading, which says how to read them."""

    caption: str
    blocks: "tuple[PageBlock, ...]"
    intro: str = ""


PageBlock = Block | PageSection | Figure | HeatMap | Verdict | PanelSplit | Cards | Fold | Tally


def as_text(blocks: Sequence[PageBlock]) -> tuple[Block, ...]:
    """Return the plain blocks that say the same."""
    return tuple(plain for block in blocks for plain in _plain(block))


def _plain(block: PageBlock) -> Iterator[Block]:
    match block:
        case PageSection():
            yield from _section(block)
        case Figure():
            yield from block.instead
        case HeatMap():
            yield _heat_table(block)
        case Verdict():
            yield Notes((block.word.text, block.sentence))
            if block.points:
                yield Facts(block.points)
        case PanelSplit():
            yield _split_facts(block)
        case Cards():
            yield _cards_table(block)
        case Fold():
            yield _fold_table(block)
        case Tally():
            yield Notes((" · ".join(f"{figure} {words}" for figure, words in block.items),))
        case _:
            yield block


def _section(section: PageSection) -> Iterator[Block]:
    blocks = as_text(section.blocks)
    if not blocks:
        return
    if blocks[0].caption:  # two headings below each other need something between them
        yield Notes((section.intro,), section.caption)
        yield from blocks
        return
    yield evolve(blocks[0], caption=section.caption)
    yield from blocks[1:]
    if section.intro:
        yield Notes((section.intro,))


def chance_words(cell: HeatCell) -> str:
    """Say how probable it is that the bar is reached, empty where that is not known."""
    if cell.chance is None:
        return ""
    return _("{share} %").format(share=show_chance(cell.chance, is_open=cell.state is BarState.OPEN))


def cell_words(cell: HeatCell) -> Word:
    """Say a score and what is known of its bar in a few signs."""
    if cell.score is None:
        return Word(_("not rated"), Tone.QUIET)
    share = chance_words(cell)
    state, tone = {
        BarState.OPEN: (_("open {share}").format(share=share).strip(), Tone.CAUTION),
        BarState.FAILED: (_("below its bar"), Tone.BAD),
    }.get(cell.state or BarState.PASSED, ("", None))
    parts = [f"{cell.score:.2f}", *([f"({state})"] if state else []), *([cell.split] if cell.split else [])]
    return Word(" ".join(parts), tone)


def _heat_table(heat: HeatMap) -> Table:
    columns = (Column("criterion", _("Criterion"), wrap=True), *(Column(name, name) for name, _note in heat.columns))
    rows: list[tuple[Cell, ...]] = [(row.name, *map(cell_words, row.cells)) for row in heat.rows]
    return Table(columns, tuple(rows))


def _split_facts(split: PanelSplit) -> Facts:
    sides = [(f"{quote.level} {quote.who}", quote.text) for quote in (split.low, split.high)]
    asked = [(_("To talk about"), split.ask)] if split.ask else []
    return Facts(((_("Question"), split.question), *sides, *asked), split.title)


def _cards_table(cards: Cards) -> Table:
    columns = (
        Column("candidate", _("Candidate")),
        Column("interviewer", _("Interviewer")),
        Column("recommendation", _("Recommendation")),
        Column("reason", _("Reason"), wrap=True),
    )
    rows = [(card.title, remark.who, remark.word, remark.why) for card in cards.cards for remark in card.remarks]
    return Table(columns, tuple(rows), empty=_("Nobody has submitted a scorecard yet."))


def _fold_table(fold: Fold) -> Table:
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("level", _("Level")),
        Column("by", _("Heard by"), wrap=True),
        Column("evidence", _("Evidence"), wrap=True),
    )
    rows = [(heard.title, Word(level), by, text) for heard in fold.heard for text, level, by in heard.quotes]
    return Table(columns, tuple(rows), fold.title, empty=_("Nothing was rated."))
