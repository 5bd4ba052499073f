"""Interview cards: an interview handed out as a file, and what was saved from it taken in.

A card starts empty and holds nobody's ratings, so that whoever fills it in is blind by construction. What comes back
is taken only where nobody has written into the interview since, so that it overwrites nothing.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.interviews import changed_rating, checked_text, require_draft, submit_draft
from hiringkit.actions.lookup import Tx, find_candidate, find_interviewer, pinned_rubric, require_open
from hiringkit.actions.visibility import card_interview, has_texts, own_texts, visible_opening
from hiringkit.domain.audit import Via
from hiringkit.domain.card import CardHeader, CardRating, CardReceipt, CardRubric, CardState, FilledCard
from hiringkit.domain.conduct import Unrated
from hiringkit.domain.interview import Interview, InterviewState, InterviewText, Opening, Rating
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import HiringKitError, Refused
from hiringkit.exchange.cards import SAVE_AGAIN, SignedCard
from hiringkit.library.yaml.write import dump_rubric
from hiringkit.store import cards, interviews
from hiringkit.store.cards import IssuedCard
from hiringkit.store.states import State, rating_state, text_state
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

BEGUN = Sentence("{identity!r} has been started here already, and a card starts empty")
BEGUN_HINT = Sentence("go on with it here: hiringkit interview score {identity}")
NOTHING_OWED = Sentence("opening {opening!r} has no interview that is yet to be started")
NOTHING_OWED_HINT = Sentence("hiringkit interview list {opening}")
UNKNOWN = Sentence("card {card!r} was not handed out from this database, or its interview has been removed since")
UNKNOWN_HINT = Sentence("receive it with the --db that it was handed out from, or hand out a new card")
EDITED = Sentence("the file is not as the card saved it: it was edited, or put together from two cards")
TWICE = Sentence("this file was received already, on {at:%Y-%m-%d}")
TWICE_HINT = Sentence("nothing is to be done; hiringkit interview show {identity} shows what is there")
OLDER = Sentence("a later save of the same card was received already")
OLDER_HINT = Sentence("the later one stays; if this is the right one, open the card and save it again")
OTHER_RUBRIC = Sentence("the card asks {old}, and the opening is held by {new}")
OTHER_RUBRIC_HINT = Sentence("hand out a new card: hiringkit interview card {identity} -o card.html")
SUBMITTED = Sentence("{identity!r} is submitted already")
SUBMITTED_HINT = Sentence(
    "if the card is right, amend what differs with a reason: hiringkit interview amend {identity} QUESTION RATING"
)
OVERTAKEN = Sentence("{identity!r} was written into here since the card was handed out")
OVERTAKEN_HINT = Sentence(
    "nothing is overwritten: look at hiringkit interview show {identity}, and enter what is missing from the card with"
    " hiringkit interview rate"
)


@frozen
class CardKit:
    """A card that is handed out: all that its page needs."""

    about: CardHeader
    key: str
    """What is saved from the card is signed with this; hexadecimal digits."""
    opening: Opening
    rubric: Rubric
    questions: tuple[Question, ...]
    """The kit, in the order in which it is asked, without what is dropped."""
    candidate: Candidate
    interviewer: Interviewer

    @property
    def text(self) -> str:
        """What of the rubric the interview is held with, as text."""
        return dump_rubric(self.rubric.held_with(self.questions))

    @property
    def complete(self) -> bool:
        """Whether every question needs a level or a mark before the card can be submitted."""
        return self.rubric.policy.unrated is Unrated.BLOCK


def issue_card(store: Store, actor: Actor, identity: str, *, make_key: Callable[[], str]) -> CardKit:
    """Hand out an interview as a card.

    Args:
        store: Where it is kept.
        actor: Who hands it out: a recruiter, or its interviewer.
        identity: The interview's id.
        make_key: Makes 32 unpredictable bytes, in hexadecimal digits.

    Raises:
        NotFound: No such interview.
        Refused: It is begun, submitted or cancelled, the opening is closed, the candidate has withdrawn, or it is
            another interviewer's.
    """
    with store.write() as tx:
        interview, opening = card_interview(tx, actor.who, identity)
        require_draft(interview, opening)
        if _is_begun(tx, interview):
            raise Refused(BEGUN.format(identity=identity), hint=BEGUN_HINT.format(identity=identity))
        return _issue(tx, actor, interview, opening, make_key())


def issue_cards(store: Store, actor: Actor, opening_id: str, *, make_key: Callable[[], str]) -> tuple[CardKit, ...]:
    """Hand out every interview of an opening that is not begun; an interviewer gets their own.

    Raises:
        NotFound: No such opening.
        Refused: The opening is closed, or there is no such interview.
    """
    with store.write() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        require_open(seen.opening)
        mine = [each for each in interviews.plans(tx, opening_id) if seen.viewer in (None, each.interviewer)]
        owed = [each for each in mine if each.owed and not _is_begun(tx, each)]
        if not owed:
            hint = NOTHING_OWED_HINT.format(opening=opening_id)
            raise Refused(NOTHING_OWED.format(opening=opening_id), hint=hint)
        return tuple(_issue(tx, actor, each, seen.opening, make_key()) for each in owed)


def _is_begun(tx: Tx, interview: Interview) -> bool:
    return interview.state is not InterviewState.SCHEDULED or has_texts(tx, interview.id)


def _issue(tx: Tx, actor: Actor, interview: Interview, opening: Opening, key: str) -> CardKit:
    now = actor.now()
    header = CardHeader(
        card=_card_id(key),
        interview=interview.id,
        opening=opening.id,
        candidate=interview.candidate,
        interviewer=interview.interviewer,
        rubric=CardRubric(opening.rubric, opening.version, opening.digest),
        issued_at=now,
    )
    cards.add(tx, IssuedCard(header.card, interview.id, key, interviews.revision(tx, interview.id), now))
    record(tx, actor, "interview.card", _subject(header), card=header.card)
    rubric, gone = pinned_rubric(tx, opening), {each.question for each in dropped_in(tx, opening.id)}
    asked = (rubric.question(each) for each in interview.kit if each not in gone)
    return CardKit(
        about=header,
        key=key,
        opening=opening,
        rubric=rubric,
        questions=tuple(each for each in asked if each),
        candidate=find_candidate(tx, opening.id, interview.candidate),
        interviewer=find_interviewer(tx, interview.interviewer),
    )


def _card_id(key: str) -> str:
    """Name a card after its key, which cannot be told from the name."""
    return sha256(f"card:{key}".encode()).hexdigest()[:16]


def _subject(header: CardHeader) -> dict[str, str]:
    return {"opening": header.opening, "candidate": header.candidate, "interview": header.interview}


class _DryRun(Exception):  # noqa: N818 - ends a transaction that was only to show what it would do
    pass


def receive_cards(
    store: Store,
    actor: Actor,
    files: Iterable[tuple[str, SignedCard | HiringKitError]],
    *,
    write: bool = True,
) -> tuple[CardReceipt, ...]:
    """Take in what was saved from cards, in one transaction; one that is refused does not keep out the others.

    Args:
        store: Where it is kept.
        actor: Who receives: a recruiter, or an interviewer their own.
        files: What each file is called, and what it holds or why it cannot be read.
        write: Whether it is to be done, or only shown.
    """
    receipts: list[CardReceipt] = []
    try:
        with store.write() as tx:
            receipts = [_receipt(tx, actor, file, content) for file, content in files]
            if not write:
                raise _DryRun  # noqa: TRY301 - it is for the transaction to end without a trace
    except _DryRun:
        pass
    return tuple(receipts)


def _receipt(tx: Tx, actor: Actor, file: str, content: SignedCard | HiringKitError) -> CardReceipt:
    if isinstance(content, HiringKitError):
        return CardReceipt(file, accepted=False, reason=content.message, hint=content.hint)
    try:
        with tx.begin_nested():
            _take(tx, actor, content)
    except HiringKitError as error:
        return CardReceipt(file, accepted=False, card=content.card, reason=error.message, hint=error.hint)
    return CardReceipt(file, accepted=True, card=content.card)


def _take(tx: Tx, actor: Actor, signed: SignedCard) -> None:
    card, identity = signed.card, signed.card.about.interview
    issued = cards.find(tx, card.about.card)
    if issued is None:
        raise Refused(UNKNOWN.format(card=card.about.card), hint=UNKNOWN_HINT)
    if not signed.is_signed_with(issued.key) or identity != issued.interview:
        raise Refused(EDITED, hint=SAVE_AGAIN)
    interview, opening = card_interview(tx, actor.who, identity)
    _require_new(issued, signed, interview, opening)
    require_draft(interview, opening)
    if interviews.revision(tx, identity) != issued.revision:
        raise Refused(OVERTAKEN.format(identity=identity), hint=OVERTAKEN_HINT.format(identity=identity))
    take_in(tx, evolve(actor, via=Via.CARD), card, interview, opening)
    revision = interviews.revision(tx, identity)
    mark = signed.signature
    cards.set_received(tx, card.about.card, revision=revision, at=actor.now(), saved_at=card.saved_at, mark=mark)


def take_in(tx: Tx, actor: Actor, card: FilledCard, interview: Interview, opening: Opening) -> None:
    """Write what a card holds into its interview, within a transaction.

    Raises:
        Refused: A question is not in the kit, or a submitted card leaves a question open that the rubric asks for.
        UsageProblem: A level is not on the scale, a probe is not planned, or a text is too long.
    """
    identity = interview.id
    filled = _filled(tx, actor, card, interview, opening)
    texts = {
        InterviewText.RECOMMENDATION: checked_text(InterviewText.RECOMMENDATION, card.recommendation),
        InterviewText.SUMMARY: checked_text(InterviewText.SUMMARY, card.summary),
        InterviewText.NOTES: checked_text(InterviewText.NOTES, card.notes),
    }
    header = card.about
    before = own_texts(tx, header.interviewer, identity)
    states: dict[str, tuple[State, State]] = {}
    for rating in filled.ratings:
        was = interview.rating(rating.question)
        states[f"rating/{rating.question}"] = (rating_state(was), rating_state(rating))
    if card.state is CardState.SUBMITTED:
        submit_draft(tx, actor, filled, opening, texts, by=header.interviewer, card=header.card)
    else:
        for rating in filled.ratings:
            if rating != interview.rating(rating.question):
                interviews.put_rating(tx, identity, rating)
    for part, text in texts.items():
        if text != before.get(part, ""):
            interviews.put_text(tx, identity, part, text)
            states[f"text/{part}"] = (text_state(before.get(part, "")), text_state(text))
    changed = {word: each for word, each in states.items() if each[0] != each[1]}
    detail = {"state": str(card.state), "rated": card.rated, "card": header.card}
    record(tx, actor, "interview.receive", _subject(header), states=changed, **detail)


def _require_new(issued: IssuedCard, signed: SignedCard, interview: Interview, opening: Opening) -> None:
    """Require that a card is about the interview as it is, and that this save of it is later than the last one."""
    card, identity = signed.card, interview.id
    if issued.received_at and issued.signature == signed.signature:
        raise Refused(TWICE.format(at=issued.received_at), hint=TWICE_HINT.format(identity=identity))
    if interview.state is InterviewState.SUBMITTED:
        raise Refused(SUBMITTED.format(identity=identity), hint=SUBMITTED_HINT.format(identity=identity))
    if issued.saved_at and card.saved_at <= issued.saved_at:
        raise Refused(OLDER, hint=OLDER_HINT)
    if card.about.rubric.digest != opening.digest:
        old = f"{card.about.rubric.id} {card.about.rubric.version}"
        new = f"{opening.rubric} {opening.version}"
        raise Refused(OTHER_RUBRIC.format(old=old, new=new), hint=OTHER_RUBRIC_HINT.format(identity=identity))


def _filled(tx: Tx, actor: Actor, card: FilledCard, interview: Interview, opening: Opening) -> Interview:
    """Return the interview with the ratings of a card.

    Raises:
        Refused: A question is not in the kit, or a submitted card leaves a question open that the rubric asks for.
        UsageProblem: A level is not on the scale, a probe is not planned, or a text is too long.
    """
    rubric, now = pinned_rubric(tx, opening), actor.now()
    seen = interviews.has_seen(tx, interview.id) and interviews.others_submitted(tx, interview.id)

    def rated(each: CardRating) -> Rating:
        before = interview.rating(each.question)
        after = changed_rating(before, rubric, value=each.rating, evidence=each.evidence, probes=each.probes)
        if after == before:
            return before
        changed = after.value != before.value
        return evolve(
            after,
            rated_at=min(each.rated_at, now) if each.rated_at else now,
            after_seeing=before.after_seeing or (changed and seen),
        )

    for each in card.ratings:
        if each.question not in interview.kit:
            raise Refused(
                Sentence("question {question!r} is not in the kit of this interview").format(question=each.question),
                hint=OTHER_RUBRIC_HINT.format(identity=interview.id),
            )
    return evolve(interview, ratings=tuple(rated(each) for each in card.ratings))
