"""Every key of the interface in one table: bindings, footers, help, palette and remapping are made of it."""

from collections.abc import Iterable, Mapping

from attrs import frozen
from textual.binding import Binding, BindingType
from textual.keys import _character_to_key

from hiringkit.errors import UsageProblem
from hiringkit.locale import n_
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest


@frozen
class Key:
    """One thing that a key does."""

    id: str
    """`screen-what`: its name in the config file's `[keys]`."""
    keys: str
    """Textual's names of the keys, joined by commas; the first is shown."""
    action: str
    """Textual's action."""
    label: str
    """A word or two for the footer and the palette."""
    help: str
    """What it does, in a sentence."""
    footer: int = 0
    """0 is not in the footer; of the others those with the highest number give way first where it is narrow."""
    shown: str = ""
    """How the footer names the keys, where the first key alone misleads and nothing was remapped."""
    everywhere: bool = False
    """Whether it works in text fields and dialogs too."""

    @property
    def screen(self) -> str:
        """The screen that it works on."""
        return self.id.partition("-")[0]


_WIDE = ord("４") - ord("4")
"""How far the full-width form of a sign lies from the sign."""
ANYWHERE, TABLES = "anywhere", "list"
LAST = ("dialog", "interview")
"""Screens whose keys come after the focused widget."""
WITH_TABLES = ("home", "opening", "decision", "own")
"""Screens whose tables take keys too."""
LEVELS = range(10)
"""Levels that a digit can rate."""
PROBE_LETTERS = "hijklm"
"""How the probes of a question are named: no terminal sends these letters with Escape for something else."""


def _levels(screen: str, help: str) -> Iterable[Key]:  # noqa: A002 - the field's own name
    for level in LEVELS:
        first = level == 1
        yield Key(
            f"{screen}-rate-{level}",
            str(level),
            f"rate({level})",
            n_("rate"),
            help,
            footer=1 if first else 0,
            shown="1-5" if first else "",
        )


KEYS: tuple[Key, ...] = (
    # home
    Key(
        "home-open",
        "enter",
        "open",
        n_("start"),
        n_("Start the interview at the cursor or go on with it; open the opening."),
        1,
    ),
    Key(
        "home-prepare",
        "p",
        "prepare",
        n_("prepare"),
        n_("Open the interview at the cursor; the clock does not start."),
        1,
    ),
    Key(
        "home-new",
        "n",
        "new",
        n_("new"),
        n_("Make an opening, a candidate, an interviewer or an interview; import scorecards."),
        2,
    ),
    Key("home-other", "tab", "other_list", n_("other list"), n_("Go to the other list: openings or interviews."), 4),
    Key("home-compare", "c", "compare", n_("compare"), n_("Compare the candidates of the opening at the cursor."), 2),
    Key("home-demo", "d", "demo", n_("demo"), n_("Look at an opening with invented people, or return from it."), 3),
    Key("home-own", "a", "own", n_("for yourself"), n_("Assess yourself against a role, or practise rating."), 6),
    # opening
    Key("opening-tab-1", "1", "tab('candidates')", n_("candidates"), n_("Show the candidates.")),
    Key("opening-tab-2", "2", "tab('panel')", n_("panel"), n_("Show who interviews whom and how far they are.")),
    Key("opening-tab-3", "3,c", "tab('compare')", n_("compare"), n_("Compare the candidates.")),
    Key("opening-tab-4", "4", "tab('interviewers')", n_("interviewers"), n_("Show what interviewers do to ratings.")),
    Key("opening-tab-5", "5", "tab('rubric')", n_("rubric"), n_("Show the rubric.")),
    Key("opening-tab-6", "6", "tab('debrief')", n_("debrief"), n_("Show what the panel has to talk about.")),
    Key("opening-next", "tab,right_square_bracket", "next_tab(1)", n_("next tab"), n_("Go to the next tab."), 5),
    Key(
        "opening-previous",
        "shift+tab,left_square_bracket",
        "next_tab(-1)",
        n_("previous tab"),
        n_("Go to the previous tab."),
    ),
    Key(
        "opening-open",
        "enter",
        "open",
        n_("look"),
        n_("Open what is at the cursor: a profile, or an interview in the panel; in the debrief the evidence."),
        1,
    ),
    Key("opening-sort", "o", "sort", n_("sort"), n_("Sort Compare by the column at the cursor."), 3),
    Key("opening-reverse", "O", "reverse", n_("reverse"), n_("Turn the order of Compare round."), 9),
    Key("opening-view", "v", "view", n_("view"), n_("Compare by numbers, by intervals, or by both."), 4),
    Key("opening-names", "h", "names", n_("hide names"), n_("Hide or show the candidates' names: blind review."), 6),
    Key(
        "opening-more",
        "plus,equals_sign",
        "weigh(1)",
        n_("weigh more"),
        n_("What if the criterion at the cursor weighed more? Nothing is saved."),
        2,
        "+/-",
    ),
    Key(
        "opening-less",
        "minus",
        "weigh(-1)",
        n_("weigh less"),
        n_("What if the criterion at the cursor weighed less? Nothing is saved."),
    ),
    Key("opening-reset", "0", "reset_weights", n_("rubric's weights"), n_("Go back to the rubric's weights.")),
    Key(
        "opening-save",
        "f",
        "write",
        n_("write to file"),
        n_("Write what Compare shows to a Markdown file, other weights and all."),
    ),
    Key("opening-decide", "D", "decide", n_("decide"), n_("Vote and decide, criterion by criterion."), 7),
    Key(
        "opening-outlook",
        "F",
        "outlook",
        n_("how firm"),
        n_("Work out how firm the lead in Compare is and which further interview would tell most: some seconds."),
    ),
    Key(
        "opening-raters",
        "m",
        "raters",
        n_("how they rate"),
        n_("Show how interviewers rate beside each other, under Interviewers: your own line, or all for a recruiter."),
    ),
    Key(
        "opening-agreement",
        "K",
        "agreement",
        n_("how far they agree"),
        n_("Show how far interviewers agree, under Interviewers, and which panel would agree enough."),
    ),
    Key(
        "opening-law",
        "P",
        "law",
        n_("law, fairness"),
        n_("Show what laws ask for: card, notice, explanation, reviews; and how groups of candidates come out."),
    ),
    Key(
        "opening-import",
        "I",
        "import_file",
        n_("import"),
        n_("Import scorecards that another program wrote: a sheet, or an export."),
    ),
    Key("opening-plan", "A", "plan_panel", n_("plan"), n_("Plan the panel, or plan anew what is not done."), 2),
    Key(
        "opening-reassign",
        "X",
        "reassign",
        n_("somebody else"),
        n_("Let somebody else hold the planned interview at the cursor of Panel."),
        2,
    ),
    Key("opening-schedule", "S", "schedule_panel", n_("schedule"), n_("Schedule the interviews of the panel plan."), 3),
    Key(
        "opening-whole-plan",
        "W",
        "whole_plan",
        n_("whole plan"),
        n_("Show the panel plan: kits, minutes, orders, what is covered, and the reliability to expect."),
        4,
    ),
    Key("opening-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll the text on."), 4, "Space"),
    Key("opening-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll the text back.")),
    # interview: the note has the keyboard, so that every key here is a chord
    *(
        Key(
            f"interview-rate-{digit}",
            f"alt+{digit}",
            f"digit('{digit}')",
            n_("level"),
            n_(
                "Rate the answer: the digit is the level, or begins it. Esc and the digit do the same. In an amendment"
                " it is the new level."
            ),
            footer=1 if digit == 1 else 0,
        )
        for digit in LEVELS
    ),
    Key(
        "interview-mode",
        "escape",
        "mode",
        n_("levels"),
        n_(
            "Go to the levels: type one, or choose with Up, Down and Enter; n is not assessed, x no evidence. What is"
            " no level goes into the note. Once more returns to the note."
        ),
        2,
    ),
    Key(
        "interview-not-assessed",
        "alt+n",
        "mark('not-assessed')",
        n_("not assessed"),
        n_("The question was not asked. Once more takes it back."),
        7,
    ),
    Key(
        "interview-no-evidence",
        "alt+x",
        "mark('no-evidence')",
        n_("no evidence"),
        n_("The question was asked, and the answer showed nothing. Once more takes it back."),
        8,
    ),
    *(
        Key(
            f"interview-probe-{letter}",
            f"alt+{letter}",
            f"toggle_probe({number})",
            n_("probe"),
            n_("Tick a probe as used, by its letter. Once more takes it back."),
            footer=6 if number == 0 else 0,
        )
        for number, letter in enumerate(PROBE_LETTERS)
    ),
    Key("interview-next", "pagedown,alt+down", "move(1)", n_("next"), n_("Go to the next question."), 3),
    Key("interview-previous", "pageup,alt+up", "move(-1)", n_("previous"), n_("Go to the question before."), 12),
    Key(
        "interview-unrated",
        "alt+u",
        "unrated",
        n_("unrated"),
        n_("Go to the next question that has neither a level nor a mark."),
        13,
    ),
    Key(
        "interview-guide",
        "alt+w",
        "guide",
        n_("why"),
        n_("Show why the question is asked and what to look for, in place of levels and probes; or fold it away."),
        9,
    ),
    Key(
        "interview-exhibit",
        "alt+r",
        "exhibit",
        n_("exhibit"),
        n_("Show what the candidate reads with the question on a screen of its own, to turn towards them or to share."),
        5,
    ),
    Key(
        "interview-notes",
        "ctrl+n",
        "notes",
        n_("notes"),
        n_("Notes that are not about one question, what others left for you, and what you leave for them."),
        6,
    ),
    Key(
        "interview-add",
        "alt+q",
        "add_question",
        n_("add question"),
        n_("Put a question of the rubric that was not planned at the end of the kit."),
        11,
    ),
    Key("interview-undo", "ctrl+z", "undo", n_("undo"), n_("Take back the last change, typed words too."), 10),
    Key("interview-redo", "ctrl+y", "redo", n_("redo"), n_("Do again what was taken back last."), 14),
    Key("interview-editor", "ctrl+o", "editor", n_("editor"), n_("Write the note in $EDITOR, for input methods."), 16),
    Key("interview-timer", "alt+t", "timer", n_("timer"), n_("Stop the clock, or let it go on."), 15),
    Key("interview-review", "ctrl+s", "review", n_("review"), n_("Review the scorecard and submit it."), 4),
    Key(
        "interview-leave", "ctrl+t", "leave_interview", n_("leave"), n_("Leave the interview; everything is saved."), 5
    ),
    # notes about the interview as a whole
    Key("notes-other", "tab", "other_field", n_("other field"), n_("Go to the other field."), 1),
    Key("notes-leave", "ctrl+n", "back", n_("go back"), n_("Go back to the interview; everything is saved.")),
    # review and submit
    Key(
        "review-yes-strong",
        "1",
        "recommend('strong-yes')",
        n_("recommend"),
        n_("Recommend: strong yes."),
        2,
        "1-4",
    ),
    Key("review-yes", "2", "recommend('yes')", n_("recommend yes"), n_("Recommend: yes.")),
    Key("review-no", "3", "recommend('no')", n_("recommend no"), n_("Recommend: no.")),
    Key("review-no-strong", "4", "recommend('strong-no')", n_("recommend strong no"), n_("Recommend: strong no.")),
    Key("review-none", "0", "recommend('')", n_("no recommendation"), n_("Recommend nothing.")),
    Key("review-reason", "e", "reason", n_("reason"), n_("Write the reason in one line; Enter returns."), 2),
    Key(
        "review-missing", "enter", "missing", n_("to what is missing"), n_("Go to the first question that is missing.")
    ),
    Key("review-submit", "s", "submit", n_("submit"), n_("Submit the scorecard: from then on it is locked."), 1),
    Key("review-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll on."), 3, "Space"),
    Key("review-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # profile
    Key("profile-next", "j,down", "move(1)", n_("next"), n_("Go to the next criterion."), 1, "j/k"),
    Key("profile-previous", "k,up", "move(-1)", n_("previous"), n_("Go to the criterion before.")),
    Key("profile-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll the evidence on."), 2, "Space"),
    Key("profile-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll the evidence back.")),
    # two interviewers side by side
    Key("split-page-down", "space,pagedown,down,j", "page(1)", n_("scroll on"), n_("Scroll on."), 1, "Space"),
    Key("split-page-up", "b,pageup,up,k", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # a decision
    *(
        Key(
            f"decision-level-{digit}",
            str(digit),
            f"level('{digit}')",
            n_("level"),
            n_("Give the candidate at the cursor this level on the criterion at the cursor; s seals the vote."),
            footer=1 if digit == 1 else 0,
            shown="1-5" if digit == 1 else "",
        )
        for digit in LEVELS
    ),
    Key("decision-type", "enter", "type", n_("type a level"), n_("Type a level, where it is no single digit."), 9),
    Key("decision-abstain", "x", "level('abstain')", n_("abstain"), n_("Do not judge the candidate at the cursor."), 6),
    Key("decision-seal", "s", "seal", n_("seal"), n_("Cast the vote on the criterion at the cursor, sealed."), 1),
    Key("decision-keep", "y", "keep", n_("keep"), n_("Keep your votes in the revote."), 4),
    Key(
        "decision-reveal",
        "U",
        "reveal",
        n_("reveal"),
        n_("Reveal the votes on the criterion at the cursor; once more ends its revote."),
        2,
    ),
    Key("decision-note", "e", "note", n_("note"), n_("Note what was said about the criterion at the cursor."), 3),
    Key(
        "decision-decide",
        "D",
        "decide",
        n_("decide"),
        n_("Open a decision; in an open one, record what was decided, by whom and why."),
        3,
    ),
    Key("decision-memo", "M", "memo", n_("memo"), n_("Read the memo of the decision."), 5),
    Key("decision-page-down", "space", "page(1)", n_("scroll on"), n_("Scroll the votes on."), 10, "Space"),
    Key("decision-page-up", "b", "page(-1)", n_("scroll back"), n_("Scroll the votes back.")),
    # what there is for oneself
    Key("own-open", "enter", "open", n_("look"), n_("Go on with the attempt, begin one, or practise."), 1),
    Key("own-other", "tab", "other_list", n_("other list"), n_("Go to the next list."), 2),
    Key("own-report", "r", "report", n_("report"), n_("Show what the attempt at the cursor amounts to."), 3),
    Key(
        "own-share",
        "f",
        "write_file",
        n_("write to file"),
        n_("Write the answers of the attempt at the cursor to a file for a peer or coach; your levels are not in it."),
        6,
    ),
    Key("own-receive", "I", "receive", n_("import"), n_("Read the levels out of such a file that came back."), 7),
    Key("own-done", "t", "tick", n_("tick"), n_("Tick off a step of the plan, or take that back."), 5),
    Key(
        "own-together",
        "C",
        "together",
        n_("with others"),
        n_("Practise with the bank at the cursor, several at this screen: each gives a level unseen."),
        8,
    ),
    Key("own-steps", "i", "steps", n_("next steps"), n_("Show what to work on after the attempt at the cursor."), 4),
    # a self-assessment
    *_levels("answer", n_("Give your own level: the digit.")),
    Key("answer-nothing", "x", "nothing", n_("nothing to tell"), n_("You have nothing to tell on this question."), 4),
    Key("answer-met", "y", "stand('met')", n_("met"), n_("You meet the requirement."), 1),
    Key("answer-progress", "p", "stand('in-progress')", n_("in progress"), n_("The requirement is in progress."), 1),
    Key("answer-unmet", "n", "stand('unmet')", n_("not met"), n_("You do not meet the requirement."), 1),
    Key("answer-write", "e", "write", n_("answer"), n_("Write your answer; Esc returns to the keys."), 2),
    Key("answer-evidence", "E", "evidence", n_("evidence"), n_("Write the evidence that you would name."), 3),
    Key("answer-witness", "w", "witness", n_("witness"), n_("Say who could confirm it: a name or a function."), 5),
    Key("answer-tick", "t", "tick", n_("tick"), n_("Tick what of the anchors your answer shows, part by part."), 6),
    Key("answer-editor", "ctrl+o", "editor", n_("editor"), n_("Write your answer in $EDITOR."), 12),
    Key("answer-anchors", "h", "anchors", n_("anchors"), n_("Show the anchors before you have written."), 8),
    Key("answer-next", "j,down", "move(1)", n_("next"), n_("Go to the next question."), 3, "j/k"),
    Key("answer-previous", "k,up", "move(-1)", n_("previous"), n_("Go to the question before.")),
    Key("answer-open", "u", "unanswered", n_("open ones"), n_("Go to the next question without a level."), 13),
    Key("answer-report", "r", "report", n_("report"), n_("Show what it amounts to so far."), 9),
    Key("answer-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll on."), 10, "Space"),
    Key("answer-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # practice
    # parts of anchors, beside a field for numbers
    Key("ticks-page-down", "pagedown", "page(1)", n_("scroll on"), n_("Scroll on.")),
    Key("ticks-page-up", "pageup", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    *_levels("practice", n_("Give the invented answer a level: the digit.")),
    Key("practice-next", "enter,j,down", "next", n_("next"), n_("Go to the next answer."), 2),
    Key("practice-skip", "x", "skip", n_("skip"), n_("Leave this answer unrated."), 3),
    Key("practice-report", "r", "report", n_("report"), n_("Show how your levels compare so far."), 4),
    Key("practice-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll on."), 6, "Space"),
    Key("practice-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # practice of a panel
    *_levels("together", n_("Give the level of the one whose turn it is; it is not shown.")),
    Key("together-next", "enter,j,down", "next", n_("next"), n_("Go to the next answer."), 2),
    Key("together-undo", "backspace", "undo", n_("take back"), n_("Take back the level that was given last."), 3),
    Key("together-skip", "x", "skip", n_("skip"), n_("Leave this answer unrated by everybody."), 4),
    Key("together-report", "r", "report", n_("report"), n_("Show where your levels part so far."), 5),
    Key("together-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll on."), 7, "Space"),
    Key("together-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # a report
    Key("report-down", "space,pagedown,down,j", "page(1)", n_("scroll on"), n_("Scroll on."), 1, "Space"),
    Key("report-up", "b,pageup,up,k", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    Key("report-import", "y", "carry_out", n_("import"), n_("Import what is shown: all of it, or nothing."), 1),
    # help
    Key("help-down", "space,pagedown,down,j", "page(1)", n_("scroll on"), n_("Scroll on."), 1, "Space"),
    Key("help-up", "b,pageup,up,k", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # tables
    Key("list-down", "down,j", "down(1)", n_("down"), n_("Go down a row.")),
    Key("list-up", "up,k", "down(-1)", n_("up"), n_("Go up a row.")),
    Key("list-page-down", "pagedown,space", "page(1)", n_("page down"), n_("Go down by what is in sight.")),
    Key("list-page-up", "pageup", "page(-1)", n_("page up"), n_("Go up by what is in sight.")),
    Key("list-first", "home,g", "end(False)", n_("first row"), n_("Go to the first row.")),
    Key("list-last", "end,G", "end(True)", n_("last row"), n_("Go to the last row.")),
    Key("list-right", "right", "right(1)", n_("column right"), n_("Go to the next column of Compare or the panel.")),
    Key("list-left", "left", "right(-1)", n_("column left"), n_("Go to the column before.")),
    # dialogs
    Key("dialog-yes", "y", "yes", n_("yes"), n_("Answer yes.")),
    Key("dialog-cancel", "escape", "cancel", n_("no"), n_("Answer no: all stays as it is.")),
    # anywhere
    Key("anywhere-back", "escape", "back", n_("go back"), n_("Leave the text field or this screen."), 5),
    Key("anywhere-reload", "ctrl+r,R", "reload", n_("read again"), n_("Read everything from the database again.")),
    Key(
        "anywhere-language", "L,l", "app.switch_language", n_("English/中文"), n_("Switch between English and Chinese.")
    ),
    Key("anywhere-theme", "T", "app.next_theme", n_("theme"), n_("Change colours: dark, light, the terminal's own.")),
    Key(
        "anywhere-palette",
        "ctrl+p,colon",
        "app.command_palette",
        n_("palette"),
        n_("Find everything that can be done here by its name."),
    ),
    Key("anywhere-quit", "q", "app.leave", n_("quit"), n_("Quit; everything is saved at once anyway."), 8),
    Key("anywhere-quit-always", "ctrl+q", "app.leave", n_("quit"), n_("Quit, from a text field too."), everywhere=True),
    Key("anywhere-help", "question_mark,f1", "app.help", n_("keys"), n_("Show the keys of this screen."), 1),
)

EVERYWHERE = tuple(key for key in KEYS if key.everywhere)
_IDS = {key.id: key for key in KEYS}
SCREENS = tuple(dict.fromkeys(key.screen for key in KEYS))
_NAMES = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "colon": ":",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "Down",
    "up": "Up",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "f1": "F1",
}


def keys_of(*screens: str) -> tuple[Key, ...]:
    """Return what keys do on screens, in the order of the screens."""
    return tuple(key for screen in screens for key in KEYS if key.screen == screen)


def bindings(*screens: str) -> list[BindingType]:
    """Return the bindings of screens for Textual.

    Most come before the focused widget: a key is then done with before the next one is looked at. In the interview
    the note hands them on itself, so that keys and typed text are done in the order in which they come.
    """
    return [
        Binding(_with_wide(k.keys), k.action, k.label, id=k.id, priority=k.screen not in LAST, show=False)
        for k in keys_of(*screens)
    ]


def _with_wide(keys: str) -> str:
    """Return keys and the full-width forms that an input method sends for letters and digits: `4,４`."""
    each = keys.split(",")
    wide = (_character_to_key(chr(ord(key) + _WIDE)) for key in each if len(key) == 1 and key.isalnum())
    return ",".join((*each, *wide))


def check_keymap(given: Mapping[str, str]) -> dict[str, str]:
    """Return the user's own keys.

    Raises:
        UsageProblem: There is no such id, a key would do two things on one screen, or a key of the interview is text.
    """
    for name in given:
        if name not in _IDS:
            near = nearest(name, _IDS)
            hint = Sentence("did you mean {near!r}?").format(near=near) if near else ""
            raise UsageProblem(Sentence("[keys]: nothing is called {name!r}").format(name=name), hint=hint)
        _check_keys(name, given)
    return dict(given)


def _check_keys(name: str, given: Mapping[str, str]) -> None:
    screen = _IDS[name].screen
    keys = [each.strip() for each in given[name].split(",")]
    if not all(keys):
        raise UsageProblem(Sentence("[keys]: {name} has no key").format(name=name), hint=_IDS[name].keys)
    if screen == "interview" and (text := next((key for key in keys if _is_text(key)), "")):
        raise UsageProblem(
            Sentence("[keys]: {key!r} is text in the interview, where it goes into the note").format(key=text),
            hint=Sentence("take a chord, such as alt+{key}").format(key=text),
        )
    beside = SCREENS if screen == ANYWHERE else (screen, ANYWHERE, *((TABLES,) if screen in WITH_TABLES else ()))
    for other in keys_of(*beside):
        if other.id == name or (screen == ANYWHERE and other.id in given):
            continue
        theirs = {each.strip() for each in (given.get(other.id) or other.keys).split(",")}
        # Esc leaves a screen, and in the interview it goes to the levels first
        if taken := theirs.intersection(keys).difference(own.strip() for own in _IDS[name].keys.split(",")):
            raise UsageProblem(
                Sentence("[keys]: {key!r} would do two things: {name} and {other}").format(
                    key=min(taken), name=name, other=other.id
                ),
                hint=Sentence("give one of them another key, or swap both"),
            )


def _is_text(key: str) -> bool:
    return len(key) == 1 or key in {"space", "enter", "tab", "backspace", "delete", "left", "right", "up", "down"}


def actions_by_key(screen: str, keymap: Mapping[str, str]) -> dict[str, str]:
    """Return what each key of a screen does, the user's own keys heeded."""
    return {name.strip(): key.action for key in keys_of(screen) for name in (keymap.get(key.id) or key.keys).split(",")}


def key_names(key: Key, keymap: Mapping[str, str]) -> list[str]:
    """Return the names of all keys that do it, as people read them."""
    return [name_key(each) for each in (keymap.get(key.id) or key.keys).split(",")]


def shown_key(key: Key, keymap: Mapping[str, str], *, typing: bool = False) -> str:
    """Return the name of the key for the footer; while one types, of a key that is no text."""
    if key.shown and key.id not in keymap:
        return key.shown
    names = key_names(key, keymap)
    return next((name for name in names if len(name) > 1), names[0]) if typing else names[0]


def name_key(key: str) -> str:
    """Return a key's name as people read it."""
    key = key.strip()
    if key.startswith("alt+"):
        return "Alt+" + name_key(key.removeprefix("alt+")).capitalize()
    return _NAMES.get(key, key.replace("ctrl+", "Ctrl+"))
