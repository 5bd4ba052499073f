"""What an interview shows beside the note: the kit, the question, its levels and probes, what to listen for."""

from collections.abc import Callable, Iterator, Sequence

from attrs import define, field, frozen
from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from hiringkit.domain.interview import Mark, Rating
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Level, Rubric
from hiringkit.locale import _
from hiringkit.report.model import Tone, said
from hiringkit.text.cells import cut, cut_at_word, pad, wrap
from hiringkit.text.language import Text
from hiringkit.tui.keys import PROBE_LETTERS
from hiringkit.tui.safe import as_is, blanks, safe
from hiringkit.tui.widgets.fields import SIGNS

MOST_OF_ONE, MOST_KNOWN = 3, 7
"""Rows that one text takes of what is known beforehand, and all of them together."""
CHOSEN, LOOKED_AT = "bold $text-success", "$text-accent"


@frozen
class TextRow:
    """One row."""

    content: Content
    action: str = ""
    """What a click on it does; nothing if empty."""
    spots: tuple[tuple[int, int, str], ...] = field(default=())
    """What clicks on parts of it do: the first cell, the one after the last, and the action."""

    def action_at(self, cell: int) -> str:
        """Return what a click on a cell does."""
        return next((action for begin, end, action in self.spots if begin <= cell < end), self.action)


class RowPanel(Widget):
    """Rows that are made for the width at hand."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._make: Callable[[int], Sequence[TextRow]] = lambda _width: ()
        self._made: tuple[int, Sequence[TextRow]] = (-1, ())

    def draw(self, make: Callable[[int], Sequence[TextRow]]) -> None:
        """Show other rows; `make` is given the width in cells."""
        width, before = self._made
        self._make = make
        self._made = (-1, ())
        now = self.rows(width) if width > 0 else ()
        if len(now) != len(before) or width <= 0:
            self.refresh(layout=True)
        elif [row.content for row in now] != [row.content for row in before]:
            self.refresh()

    def rows(self, width: int) -> Sequence[TextRow]:
        """Return the rows for a width."""
        if self._made[0] != width:
            self._made = (width, self._make(width))
        return self._made[1]

    @property
    def plain(self) -> str:
        """What it says."""
        return "\n".join(row.content.plain for row in self._made[1])

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the whole width."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line for each row."""
        return len(self.rows(width))

    def render(self) -> Content:
        """Return the rows."""
        return Content("\n").join(row.content for row in self.rows(self.content_size.width))

    async def on_click(self, event: events.Click) -> None:
        """Do what the row under the pointer stands for."""
        offset, rows = event.get_content_offset(self), self.rows(self.content_size.width)
        if offset is not None and offset.y < len(rows) and (action := rows[offset.y].action_at(offset.x)):
            await self.screen.run_action(action)


@frozen
class KitEntry:
    """A question of the kit as it stands."""

    number: int
    words: str
    """The question in words."""
    sign: str
    """Such as `[4]`."""
    tone: Tone | str
    minutes: str
    """Used and planned."""
    here: bool
    """Whether it is the question at hand."""

    @property
    def action(self) -> str:
        """What a click does."""
        return f"show({self.number - 1})"


def kit_strip(entries: Sequence[KitEntry], clock: str, width: int) -> list[TextRow]:
    """Return the kit on one row; where not all of it fits, what is around the question at hand."""
    cells = [(f"{each.number}{each.sign}", each) for each in entries]
    here = next((n for n, (_text, each) in enumerate(cells) if each.here), 0)
    left = width - cell_len(clock) - 1
    begin, end = here, here + 1
    used = len(cells[here][0]) + 2
    while True:
        after = len(cells[end][0]) + 2 if end < len(cells) else width
        before = len(cells[begin - 1][0]) + 2 if begin else width
        if used + after <= left:
            end, used = end + 1, used + after
        elif used + before <= left:
            begin, used = begin - 1, used + before
        else:
            break
    parts, spots, at = [], [], 0
    for text, each in cells[begin:end]:
        shown = f">{text} " if each.here else f" {text} "
        parts.append(as_is(shown, "bold reverse") if each.here else as_is(shown, each.tone))
        spots.append((at, at + len(shown), each.action))
        at += len(shown)
    row = Content.assemble(*parts, blanks(width - at - cell_len(clock)), as_is(clock, Tone.QUIET))
    return [TextRow(row, spots=tuple(spots))]


def kit_list(entries: Sequence[KitEntry], width: int) -> list[TextRow]:
    """Return the kit with a row for each question, in its own words."""
    rows = []
    signs = max((len(each.sign) for each in entries), default=3)
    for each in entries:
        lead = f"{'>' if each.here else ' '}{each.number:>2} {each.sign:<{signs}} "
        words = pad(cut(each.words, width - len(lead) - 7), width - len(lead) - 7)
        row = Content.assemble(as_is(lead, each.tone), as_is(words), as_is(f"{each.minutes:>7}", Tone.QUIET))
        rows.append(TextRow(row.stylize("bold") if each.here else row, each.action))
    return rows


def known_rows(known: Sequence[str], handovers: Sequence[tuple[str, str]], width: int) -> list[TextRow]:
    """Return what is known before an interview, a few rows of it; a click shows all."""
    texts = [("", safe(each).plain) for each in known]
    texts += [(safe(f"{name}: ").plain + " ", safe(text).plain) for name, text in handovers]
    rows = []
    for lead, text in texts:
        lines = wrap(lead + text, max(width, 8))
        if len(lines) > MOST_OF_ONE:
            lines = [*lines[: MOST_OF_ONE - 1], cut(" ".join(lines[MOST_OF_ONE - 1 :]), width)]
        rows += [TextRow(as_is(line), "notes") for line in lines]
    return rows[:MOST_KNOWN]


@frozen
class LevelWords:
    """A level of a question in words."""

    value: LevelNumber
    name: str
    """The level as it is written."""
    label: str
    anchor: str
    """What marks it; empty where nothing does."""
    gist: str
    """The anchor in a few words, or the anchor again where nobody wrote a gist."""


@define(eq=False)
class QuestionWords:
    """A question in one language, cleaned and wrapped once, not at every key."""

    text: str
    levels: tuple[LevelWords, ...]
    anchored: frozenset[LevelNumber]
    """Levels with an anchor of the question's own."""
    probes: tuple[str, ...]
    exhibits: tuple[str, ...]
    """What the candidate is given to read: titles."""
    _lines: dict[tuple[str, int], list[str]] = field(factory=dict, init=False)
    _cut: dict[tuple[str, int], str] = field(factory=dict, init=False)
    _heads: dict[int, dict[LevelNumber, str]] = field(factory=dict, init=False)

    @classmethod
    def of(cls, question: Question, rubric: Rubric, language: str) -> "QuestionWords":
        """Return a question's words."""

        def words(text: Text | None) -> str:
            return safe(text.in_language(language)).plain if text else ""

        def level_words(level: Level) -> LevelWords:
            anchor = question.anchors.get(level.value) or level.meaning
            gist = question.gists.get(level.value) or anchor
            return LevelWords(level.value, write_level(level.value), words(level.label), words(anchor), words(gist))

        return cls(
            words(question.text),
            tuple(map(level_words, rubric.scale.levels)),
            frozenset(question.anchors),
            tuple(map(words, question.probes)),
            tuple(words(each.title) for each in question.exhibits),
        )

    def lines(self, text: str, width: int) -> list[str]:
        """Return a text wrapped."""
        if (text, width) not in self._lines:
            self._lines[text, width] = wrap(text, max(width, 8))
        return self._lines[text, width]

    def line(self, text: str, width: int) -> str:
        """Return a text on one line."""
        if (text, width) not in self._cut:
            self._cut[text, width] = cut_at_word(text, max(width, 8))
        return self._cut[text, width]

    def heads(self, width: int) -> dict[LevelNumber, str]:
        """Return the labels of the levels, cut and filled up so that they stand in a column of a panel."""
        if width not in self._heads:
            labels = [(level.value, level.label) for level in self.levels]
            wide = min(max((cell_len(label) for _value, label in labels), default=0), width // 3)
            self._heads[width] = {value: pad(cut(label, wide), wide) for value, label in labels}
        return self._heads[width]


def question_rows(words: QuestionWords, width: int, most: int) -> list[TextRow]:
    """Return the question, on at most so many rows, and what is handed over with it."""
    lines = words.lines(words.text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]
    rows = [TextRow(as_is(line, "bold")) for line in lines]
    if words.exhibits:
        handed = safe(_("For the candidate: {titles}").format(titles="; ".join(words.exhibits))).plain
        rows.append(TextRow(as_is(cut(handed, max(width, 8)), "$text-accent"), "exhibit"))
    return rows


@frozen
class LevelView:
    """How the levels of a question are shown."""

    words: QuestionWords
    rating: Rating
    unsaved: bool
    """Whether the level is not on disk yet."""
    looked_at: LevelNumber | None
    """A level that is looked at without being chosen."""
    all_marks: bool
    """Whether marks are shown that are not chosen."""


def level_rows(view: LevelView, width: int, most: int) -> list[TextRow]:
    """Return a row for each level with what marks it.

    All unfold where there is space; else the chosen one does, or the one that is looked at, as far as it fits. Of
    more levels than there are rows those are shown that say something, and those around the chosen one.

    Args:
        view: What is shown.
        width: Cells.
        most: Rows.
    """
    marks = list(_mark_rows(view))
    levels = _levels_in_sight(view, max(most - len(marks), 1))
    name = max(len(level.name) for level in view.words.levels)
    heads = view.words.heads(width)
    left = width - name - 4 - max(map(cell_len, heads.values()), default=0) - 2
    texts = {level.value: view.words.lines(level.anchor, left) for level in levels}
    spare = most - len(marks) - len(levels)
    unfold_all = sum(map(len, texts.values())) - len(levels) <= spare
    unfolded = view.looked_at if view.looked_at is not None else view.rating.value
    rows: list[TextRow] = []
    for level in levels:
        lines = texts[level.value]
        if not unfold_all:
            extra = 1 + spare if level.value == unfolded else 1
            if extra == 1:
                lines = [view.words.line(level.gist, left)]
            elif len(lines) > extra:
                lines = [*lines[: extra - 1], cut(" ".join(lines[extra - 1 :]), left)]
        rows += _one_level(view, level, heads[level.value], lines, name)
    return rows + marks


def _one_level(view: LevelView, level: LevelWords, label: str, lines: Sequence[str], name: int) -> Iterator[TextRow]:
    chosen, looked_at = view.rating.value == level.value, view.looked_at == level.value
    style = CHOSEN if chosen else LOOKED_AT if looked_at else ""
    head = _sign(level.name, name, chosen=chosen, unsaved=view.unsaved, looked_at=looked_at) + label
    for n, line in enumerate(lines):
        shown = head if n == 0 else " " * cell_len(head)
        row = Content.assemble(as_is(shown, "bold"), "  ", as_is(line))
        yield TextRow(row.stylize(style) if style else row, f"rate({level.value!r})")


def _sign(name: str, widest: int, *, chosen: bool, unsaved: bool, looked_at: bool) -> str:
    brackets = "()" if unsaved else "[]"
    sign = f">{brackets[0]}{name}{brackets[1]}" if chosen else f"{'>' if looked_at else ' '} {name}"
    return f"{sign:<{widest + 4}}"


def _mark_rows(view: LevelView) -> Iterator[TextRow]:
    for mark, letter in SIGNS.items():
        chosen = view.rating.value is mark
        if chosen or view.all_marks:
            words = _("not assessed") if mark is Mark.NOT_ASSESSED else _("no evidence")
            sign = _sign(letter, 1, chosen=chosen, unsaved=view.unsaved, looked_at=False)
            yield TextRow(as_is(sign + words, CHOSEN if chosen else ""), f"mark('{mark}')")


def _levels_in_sight(view: LevelView, most: int) -> Sequence[LevelWords]:
    levels = view.words.levels
    if len(levels) <= most:
        return levels
    active = (view.rating.value, view.looked_at)
    telling = [level for level in levels if level.value in active or level.value in view.words.anchored]
    if len(telling) <= most:
        return telling
    at = next((n for n, level in enumerate(telling) if level.value == view.looked_at), None)
    if at is None:
        at = next((n for n, level in enumerate(telling) if level.value == view.rating.value), 0)
    begin = min(max(at - most // 2, 0), len(telling) - most)
    return telling[begin : begin + most]


def probe_rows(words: QuestionWords, rating: Rating, width: int) -> list[TextRow]:
    """Return the probes, those used ticked."""
    rows = []
    for number, (letter, probe) in enumerate(zip(PROBE_LETTERS, words.probes, strict=False)):
        used = number in rating.probes
        lead = f"{letter} {'[x]' if used else '[ ]'} "
        text = cut(probe, width - len(lead))
        rows.append(TextRow(as_is(lead + text, Tone.GOOD if used else ""), f"toggle_probe({number})"))
    return rows


def guide(question: Question, language: str, *, spaced: bool) -> Content:
    """Return why the question is asked, what to look for and what to watch for; with blank lines if `spaced`."""
    lines: list[Content] = []
    if why := said(question.why, language):
        lines += [safe(_("Why:"), "bold"), safe(why)]
    lines += _points(_("Look for"), question.look_for, "+", language)
    lines += _points(_("Watch for"), question.watch_for, "!", language)
    lines += _points(_("Marking guide"), question.marking, "=", language)
    return Content("\n").join(line for n, line in enumerate(lines) if line.plain or (spaced and n))


def _points(caption: str, points: Sequence[Text], sign: str, language: str) -> Iterator[Content]:
    if points:
        yield Content("")
        yield safe(caption, "bold")
    for point in points:
        yield safe(f"{sign} {point.in_language(language)}")
