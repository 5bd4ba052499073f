"""The keys of a screen, with what each does."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from textual.app import ComposeResult
from textual.content import Content

from hiringkit.locale import _, n_
from hiringkit.text.cells import cell_width, pad, wrap
from hiringkit.tui.keys import ANYWHERE, TABLES, Key, bindings, key_names, keys_of
from hiringkit.tui.safe import safe
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.page import Page

INTRODUCTIONS = {
    "home": n_("Openings, and the interviews that wait for you. Enter opens what is at the cursor."),
    "opening": n_(
        "One opening. Compare shows a level as number and colour; * is below the bar of the criterion. What you may"
        " not know yet, because your own scorecard of a candidate is outstanding, is left out everywhere."
    ),
    "interview": n_(
        "Ask, listen, write, rate. What you type goes into the note, always; a level takes a chord, a click, or Esc"
        " and the level. Signs of the questions: [4] rated and saved, [n] not assessed, [x] no evidence, [ ] not yet"
        " rated, (4) not saved yet. Every rating is on disk before its sign shows, notes half a second after you stop"
        " typing. Close the terminal at any time: it opens where you were."
    ),
    "notes": n_(
        "What is known of the candidate, your own notes that are not about one question, and what you leave for the"
        " candidate's other interviewers: of that, lines that end in a question mark are read at once, the rest once"
        " their own scorecard is in. Everything is on disk half a second after you stop typing."
    ),
    "review": n_("What is missing, your recommendation and your reason. Submitting locks the scorecard."),
    "profile": n_("One candidate: each criterion's score and what it rests on. ! marks interviewers who disagree."),
    "split": n_("Two interviewers who are far apart, and what each of them heard, side by side."),
    "decision": n_(
        "Vote criterion by criterion: a level for each candidate, then s. Nobody sees your vote before it is revealed."
        " Signs: 4* not cast yet, [4] cast and sealed; figures without a sign are the mean of what is revealed. Below"
        " stands what is known of the criterion at the cursor. The holistic vote comes last. The votes decide nothing."
    ),
    "own": n_("Your attempts, roles to assess yourself against, and banks to practise with. All of it stays with you."),
    "answer": n_(
        "Write your answer, then give your own level by the anchors, and the evidence you would name. Requirements"
        " come first. Signs: [3] your level, [x] nothing to tell, [y] met, [p] in progress, [n] not met. Everything is"
        " on disk at once, what you type half a second after you stop."
    ),
    "practice": n_(
        "An invented answer: give it a level, and a reason if you like; then read the level that was reasoned out, and"
        " why. Every level is saved at once."
    ),
    "together": n_(
        "The same invented answer for several people at one screen: one after the other types a level, which nobody"
        " sees. Once all have, every level stands beside the reasoned one, and is saved."
    ),
    "report": n_("A report. The command of the same name writes it to a file, too."),
    "help": n_("The keys of a screen."),
}
_COLUMN = 18
_WIDEST = 100


class HelpScreen(AppScreen):
    """What can be done on a screen."""

    KEYS = "help"
    BINDINGS = bindings("help")

    def __init__(self, session: TuiSession, about: str, offered: Sequence[Key]) -> None:
        super().__init__(session)
        self.about, self.keys = about, tuple(offered)

    def body(self) -> ComposeResult:
        """Lay out one page."""
        yield Page(id="help")

    def show_all(self) -> None:
        """Write the page."""
        self.head(_("Keys"), _("Esc goes back"))
        self.query_one(Page).write(Content("\n").join(self._lines()))

    def on_resize(self) -> None:
        """Wrap anew."""
        if self.is_mounted:
            self.show_all()

    def _lines(self) -> Iterator[Content]:
        width = min(max(self.size.width - 4, 40), _WIDEST)
        for line in wrap(_(INTRODUCTIONS[self.about]), width):
            yield safe(line)
        here = [key for key in self.keys if key.screen not in {ANYWHERE, TABLES}]
        groups = [(_("Here"), here), (_("Tables"), keys_of(TABLES)), (_("Anywhere"), keys_of(ANYWHERE))]
        for caption, keys in groups:
            yield Content("")
            yield safe(caption, "bold")
            for text, same in groupby(keys, key=lambda key: key.help):
                yield from self._key(text, list(same), width)

    def _key(self, text: str, keys: Sequence[Key], width: int) -> Iterator[Content]:
        names = " ".join(name for key in keys for name in key_names(key, self.session.keymap))
        beside = cell_width(names) < _COLUMN
        if not beside:  # many keys that do the same
            yield Content.styled(names, "$accent")
        for number, line in enumerate(wrap(_(text), width - _COLUMN)):
            name = pad(names if beside and number == 0 else "", _COLUMN)
            yield Content.assemble(Content.styled(name, "$accent"), safe(line))

    def action_page(self, pages: int) -> None:
        """Scroll."""
        self.query_one(Page).page(pages)
