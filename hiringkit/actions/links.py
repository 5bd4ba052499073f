"""Signing in to the room in the browser: personal links that are redeemed once, with a code, and logins."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from attrs import evolve

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import find_interviewer, find_opening
from hiringkit.actions.visibility import RECRUITER, require_recruiter, visible_opening
from hiringkit.domain.links import LinkState, Login, PersonalLink
from hiringkit.errors import NotFound, Refused, UsageProblem
from hiringkit.store import links
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

MOST_FAILURES = 5
"""Wrong codes after which a link is locked."""
IDLE = timedelta(days=7)
"""A login ends when it has not been used for so long, and with its link's expiry at the latest."""
LONGEST = timedelta(days=90)
_SEEN_STEP = timedelta(hours=1)
"""How exactly it is kept when a login was last used: not every page shall cost a write."""
_KEY, _ADDRESS = "address-key", "address"
USUAL_ADDRESS = "http://127.0.0.1:8080"

NOT_VALID = Sentence("This link is not valid. Ask whoever sent it for another one.")
WRONG_CODE = Sentence("That is not the code of this link. {left} more attempts, then it is locked.")
OWN_FIRST = Sentence("your own scorecards come first: hand them in, then the desk is open for this")
WHY_NOT = {
    LinkState.REDEEMED: Sentence("This link was used already, and works once. Ask whoever sent it for another one."),
    LinkState.LOCKED: Sentence("This link is locked after five wrong codes. Ask whoever sent it for another one."),
    LinkState.REVOKED: Sentence("This link was taken back. Ask whoever sent it for another one."),
    LinkState.EXPIRED: Sentence("This link has expired. Ask whoever sent it for another one."),
}


def make_link(
    store: Store,
    actor: Actor,
    who: str,
    *,
    token: str,
    code: str,
    expires: timedelta,
    opening: str | None = None,
    desk: bool = False,
) -> PersonalLink:
    """Make a personal link for an interviewer; only hashes of token and code are kept.

    Args:
        store: Where it is kept.
        actor: A recruiter.
        who: For whom: id, name or e-mail.
        token: What its address ends with; random.
        code: What is asked for besides; random.
        expires: How long it can be redeemed, and logins made with it last.
        opening: The only opening that it leads to.
        desk: Whether it leads to the pages that compare candidates.

    Raises:
        NotFound: No such interviewer or opening.
        Refused: One acts as an interviewer.
        UsageProblem: It would expire at once, or far in the future.
    """
    if not timedelta(minutes=1) <= expires <= LONGEST:
        raise UsageProblem(
            "a link lasts from a minute to 90 days", hint="such as --expires 14d, --expires 12h or --expires 30m"
        )
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        interviewer = find_interviewer(tx, who)
        only = find_opening(tx, opening).id if opening else None
        now = actor.now()
        wanted = PersonalLink(0, interviewer.id, now, now + expires, only, desk, actor.who)
        made = links.insert_link(tx, wanted, token_hash=_hashed(token), code_hash=_code_hash(token, code))
        subject = {"interviewer": interviewer.id} | ({"opening": only} if only else {})
        record(tx, actor, "interviewer.link", subject, link=made.number, desk=desk)
        return made


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _code_hash(token: str, code: str) -> str:
    # the token, which is not kept, is in it: eight digits alone would be found by trying all of them
    return sha256(f"{token}:{code}".encode()).hexdigest()


def every_link(store: Store, actor: Actor) -> tuple[PersonalLink, ...]:
    """Return all links, oldest first.

    Raises:
        Refused: One acts as an interviewer.
    """
    with store.read() as tx:
        require_recruiter(tx, actor.who)
        return links.every(tx)


def revoke_link(store: Store, actor: Actor, number: int) -> PersonalLink:
    """Take a link back; whoever is signed in with it is signed out.

    Raises:
        NotFound: No such link.
        Refused: It was taken back already, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = next((each for each in links.every(tx) if each.number == number), None)
        if found is None:
            raise NotFound(
                Sentence("no link {number}").format(number=number), hint="list them: hiringkit interviewer link --list"
            )
        if found.revoked_at:
            raise Refused(Sentence("link {number} is revoked already").format(number=number))
        links.revoke(tx, number, actor.now())
        record(tx, actor, "interviewer.revoke-link", {"interviewer": found.interviewer}, link=number)
        return evolve(found, revoked_at=actor.now())


def link_to(store: Store, now: datetime, token: str) -> PersonalLink:
    """Return the link with this token.

    Raises:
        NotFound: There is none.
        Refused: It cannot be redeemed.
    """
    with store.read() as tx:
        found = links.find(tx, _hashed(token))
    if found is None:
        raise NotFound(NOT_VALID)
    _require_open(found[0], now)
    return found[0]


def _require_open(link: PersonalLink, now: datetime) -> None:
    state = link.state(now, MOST_FAILURES)
    if state is not LinkState.OPEN:
        raise Refused(WHY_NOT[state])


def redeem_link(store: Store, actor: Actor, token: str, code: str, *, login: str) -> PersonalLink:
    """Sign in with a link and its code; the link has then done its work.

    Args:
        store: Where both are kept.
        actor: Nobody yet; its clock and way in are used.
        token: What the link's address ends with.
        code: As typed; blanks and dashes do not matter.
        login: The token of the login that is made, random; only its hash is kept.

    Raises:
        NotFound: No such link.
        Refused: The code is wrong, or the link cannot be redeemed.
    """
    digits = "".join(sign for sign in code if not sign.isspace() and sign != "-")
    with store.write() as tx:
        found = links.find(tx, _hashed(token))
        if found is None:
            raise NotFound(NOT_VALID)
        link, code_hash = found
        _require_open(link, actor.now())
        as_them = evolve(actor, who=link.interviewer)
        subject = {"interviewer": link.interviewer}
        if right := hmac.compare_digest(code_hash, _code_hash(token, digits)):
            links.set_redeemed(tx, link.number, actor.now())
            links.insert_login(tx, _hashed(login), link.number, actor.now())
            record(tx, as_them, "interviewer.sign-in", subject, link=link.number)
        else:
            links.count_failure(tx, link.number)
            failures = link.failures + 1
            record(tx, evolve(actor, who=""), "interviewer.wrong-code", subject, link=link.number, failures=failures)
    # refused only now: the count of wrong codes has to be on disk
    if not right:
        _require_open(evolve(link, failures=link.failures + 1), actor.now())
        raise Refused(WRONG_CODE.format(left=MOST_FAILURES - link.failures - 1))
    return link


def login_of(store: Store, now: datetime, token: str) -> Login | None:
    """Return the login with this token, None where there is none or it has ended."""
    hashed = _hashed(token)
    with store.read() as tx:
        found = links.find_login(tx, hashed)
    if found is None or now >= found.link.expires_at or now - found.seen_at >= IDLE:
        return None
    if now - found.seen_at >= _SEEN_STEP:
        with store.write() as tx:
            links.set_login_seen(tx, hashed, now)
    return found


def sign_out(store: Store, actor: Actor, token: str) -> None:
    """End a login."""
    with store.write() as tx:
        found = links.find_login(tx, _hashed(token))
        if found is not None:
            links.delete_login(tx, _hashed(token))
            record(tx, actor, "interviewer.sign-out", {"interviewer": found.interviewer}, link=found.link.number)


def serve_at(store: Store, address: str, *, fresh_key: str) -> str:
    """Remember where the server is found, for links that are made later; return the key of its addresses.

    Args:
        store: Where both are kept.
        address: Such as `https://interviews.example.org`.
        fresh_key: A random key, kept where there is none yet: addresses of pages stay from one start to the next.
    """
    with store.write() as tx:
        links.put_server_value(tx, _ADDRESS, address)
        key = links.server_value(tx, _KEY)
        if key is None:
            key = fresh_key
            links.put_server_value(tx, _KEY, key)
        return key


def served_at(store: Store) -> str:
    """Return where the server was found last; the usual address where it was never started."""
    with store.read() as tx:
        return links.server_value(tx, _ADDRESS) or USUAL_ADDRESS


def at_desk(store: Store, actor: Actor, login: Login, opening_id: str) -> Actor:
    """Return the recruiter as whom somebody acts at the desk of an opening.

    A link to the desk is given by a recruiter, and lets its owner do there what recruiters do; but nothing of it may
    show what others rated to somebody whose own scorecards are owed.

    Args:
        store: Where it is kept.
        actor: Who is signed in.
        login: With which link.
        opening_id: The opening.

    Raises:
        NotFound: The link does not lead to the desk of this opening.
        Refused: Scorecards of theirs are owed.
    """
    link = login.link
    if not link.desk or link.opening not in (None, opening_id):
        raise NotFound("no such opening")
    with store.read() as tx:
        if visible_opening(tx, actor.who, opening_id).hidden:
            raise Refused(OWN_FIRST)
    return evolve(actor, who=f"{RECRUITER}:{login.interviewer}")
