"""The keys of what people do for themselves: assess themselves, and practise."""

from collections.abc import Iterable, Mapping

from hiringkit.locale import n_
from hiringkit.tui.key import Key


def _levels(room: str, help: str) -> Iterable[Key]:  # noqa: A002 - the field's own name
    for level in range(10):
        first = level == 1
        yield Key(
            f"{room}-rate-{level}",
            str(level),
            f"rate({level})",
            n_("rate"),
            help,
            footer=1 if first else 0,
            shown="1-5" if first else "",
        )


HOME_KEYS = (
    Key("home-own", "a", "own", n_("for yourself"), n_("Assess yourself against a role, or practise rating."), 6),
)

OWN_KEYS = (
    # what there is for oneself
    Key("own-open", "enter", "open", n_("look"), n_("Go on with the attempt, begin one, or practise."), 1),
    Key("own-other", "tab", "other_list", n_("other list"), n_("Go to the next list."), 2),
    Key("own-report", "r", "report", n_("report"), n_("Show what the attempt at the cursor amounts to."), 3),
    Key("own-steps", "s", "steps", n_("next steps"), n_("Show what to work on after the attempt at the cursor."), 4),
    # a self-assessment
    *_levels("answer", n_("Give your own level: the digit.")),
    Key("answer-nothing", "x", "nothing", n_("nothing to tell"), n_("You have nothing to tell on this question."), 4),
    Key("answer-met", "y", "stand('met')", n_("met"), n_("You meet the requirement."), 1),
    Key("answer-progress", "p", "stand('in-progress')", n_("in progress"), n_("The requirement is in progress."), 1),
    Key("answer-unmet", "n", "stand('unmet')", n_("not met"), n_("You do not meet the requirement."), 1),
    Key("answer-write", "e", "write", n_("answer"), n_("Write your answer; Esc returns to the keys."), 2),
    Key("answer-evidence", "v", "evidence", n_("evidence"), n_("Write the evidence that you would name."), 3),
    Key("answer-editor", "E", "editor", n_("editor"), n_("Write your answer in $EDITOR."), 12),
    Key("answer-anchors", "a", "anchors", n_("anchors"), n_("Show the anchors before you have written."), 8),
    Key("answer-next", "j,down", "move(1)", n_("next"), n_("Go to the next question."), 3, "j/k"),
    Key("answer-previous", "k,up", "move(-1)", n_("previous"), n_("Go to the question before.")),
    Key("answer-open", "u", "unanswered", n_("open ones"), n_("Go to the next question without a level."), 13),
    Key("answer-report", "r", "report", n_("report"), n_("Show what it amounts to so far."), 9),
    Key("answer-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll on."), 10, "Space"),
    Key("answer-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # practice
    *_levels("practice", n_("Give the invented answer a level: the digit.")),
    Key("practice-next", "enter,j,down", "next", n_("next"), n_("Go to the next answer."), 2),
    Key("practice-skip", "s", "skip", n_("skip"), n_("Leave this answer unrated."), 3),
    Key("practice-report", "r", "report", n_("report"), n_("Show how your levels compare so far."), 4),
    Key("practice-page-down", "space,pagedown", "page(1)", n_("scroll on"), n_("Scroll on."), 6, "Space"),
    Key("practice-page-up", "b,pageup", "page(-1)", n_("scroll back"), n_("Scroll back.")),
    # a report
    Key("report-down", "space,pagedown,down,j", "page(1)", n_("scroll on"), n_("Scroll on."), 1, "Space"),
    Key("report-up", "b,pageup,up,k", "page(-1)", n_("scroll back"), n_("Scroll back.")),
)

OWN_INTRODUCTIONS: Mapping[str, str] = {
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
    "report": n_("A report. The command of the same name writes it to a file, too."),
}
