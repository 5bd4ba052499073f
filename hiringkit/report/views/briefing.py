"""What is said before and after an interview, what a panel settles first, and what a candidate is told in advance."""

from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import write_number
from hiringkit.text.language import LANGUAGES


def opening_lines() -> tuple[str, ...]:
    """Say what an interviewer says in the first five minutes."""
    return (
        _("Thank the candidate for coming; say who you are and what you do."),
        _("“I ask everybody the same questions, one after another; at the end there is time for yours.”"),
        _("“I will take notes, so that I get right what you say. Take your time; a pause is fine.”"),
        _("“Please name no colleagues or customers, and nothing that is confidential: roles will do.”"),
        _("“Is there anything you need so that this goes well for you, or anything to ask before we begin?”"),
    )


def closing_lines() -> tuple[str, ...]:
    """Say what an interviewer says in the last five minutes."""
    return (
        _("“Is there anything you would like to add to one of your answers?”"),
        _("“What would you like to know from us?” What the candidate asks is not rated."),
        _("“You will hear from us by …, from …; the next step is …” Promise nothing else, and hint at no result."),
        _("Thank the candidate, then complete the ratings before you speak with anybody or open another page."),
    )


def partial_lines() -> tuple[str, ...]:
    """Say which level an answer gets that fits more than one anchor."""
    return (
        _("From the middle of the scale up, levels build on one another: a higher one asks for the lower ones too."),
        _("One brilliant point does not make up for what is missing beneath; such an answer gets the lower level."),
        _("Most of an anchor is that level; half of it is the level beneath. “Any two of” asks for two, not for all."),
        _("A candidate's own words will do, and so will what follows plainly from the story."),
    )


def error_lines() -> tuple[str, ...]:
    """Name the errors of rating to guard against."""
    return (
        _("Halo: one strong or weak answer colours the next. Rate each answer by itself."),
        _("First impression: what was decided in the first minutes is looked for in the rest."),
        _("Similarity: somebody like you, or from a company that you know, seems better."),
        _("Contrast: a candidate seems good after a poor one. Compare with the anchor, never with a person."),
        _("Middle of the scale: 3 for everybody tells nothing. If in doubt, read the anchors again."),
        _("Eloquence: polish, accent, pace and nervousness are not what is rated; what was done is."),
    )


def kickoff_lines(rubric: Rubric, language: str) -> tuple[str, ...]:
    """List what a panel settles before the first candidate."""
    gates = [each.name.in_language(language) for each in rubric.criteria if each.required]
    required = (
        _("Everybody knows the required criteria: {names}.").format(names=LANGUAGES[language].semicolon.join(gates))
        if gates
        else ""
    )
    lines = (
        _("Read the criteria together; say in your own words what separates one level from the next."),
        required,
        _("Who holds which stage, with which questions; nobody asks another stage's questions."),
        _("Each has practised on sample answers, and two people have compared how they rated the same ones."),
        _("Who asks candidates about accommodations, and who arranges them."),
        _("What of a CV may be read, and when; what is said of a candidate before all scorecards are in: nothing."),
        _("By when scorecards are in, when the panel meets, and who decides by which rule."),
        _("What candidates are told, by whom and by when, whatever the outcome."),
    )
    return tuple(line for line in lines if line)


def handout_lines(rubric: Rubric, language: str) -> tuple[str, ...]:
    """Tell a candidate in advance how they will be interviewed; nothing of the questions."""
    stages = [
        _("{title}: {minutes} minutes").format(
            title=stage.title.in_language(language), minutes=write_number(stage.minutes)
        )
        for stage in rubric.stages
        if stage.minutes
    ]
    criteria = [each.name.in_language(language) for each in rubric.criteria]
    return (
        *(
            [_("Your interviews: {stages}.").format(stages=LANGUAGES[language].semicolon.join(stages))]
            if stages
            else []
        ),
        _("What we look for: {criteria}.").format(criteria=LANGUAGES[language].semicolon.join(criteria)),
        _("Every candidate is asked the same questions. Each answer is rated by itself on a written scale."),
        _("Many questions ask for something that you did: the situation, what you did yourself, what came of it."),
        _("Examples from any job, from study or from voluntary work count alike."),
        _("Where you are given a table, there is time to read it. A calculator, paper and notes are welcome."),
        _("Leave out names of colleagues and customers, and whatever is confidential."),
        _("We take notes. Ask us to repeat a question or to wait whenever you like; neither counts against you."),
        _("Tell us what you need for a fair interview, such as more time, another room, captions or a break."),
        _("There is time for your questions in every interview; what you ask is not rated."),
    )
