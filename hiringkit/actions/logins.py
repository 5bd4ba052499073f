"""Logins of a database server: who may see and do what, held by the server itself."""

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import Tx, find_interviewer, find_opening, require_administrator
from hiringkit.domain.access import LoginGrant, LoginRole, Logins
from hiringkit.errors import NotFound, Refused, UsageProblem
from hiringkit.store import logins, people
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

NO_LOGINS = Sentence("{where} is a file, and a file has no logins")
NO_LOGINS_HINT = Sentence(
    "whoever may open the file may read all of it; who may see what is held by a PostgreSQL server: hiringkit db copy"
)
NO_LOGIN = Sentence("the server has no login {login!r}")
NO_LOGIN_HINT = Sentence("make one first, in psql: CREATE ROLE {login} LOGIN PASSWORD '…'")
WHO_IS_THAT = Sentence("it is not said which interviewer the login {login!r} is")
WHO_IS_THAT_HINT = Sentence("--interviewer WHO, by id or e-mail; hiringkit interviewer list shows them")
WHOLE_DATABASE = Sentence("an administrator has all openings, and a server those of whoever is signed in")
WHOLE_DATABASE_HINT = Sentence("leave out --opening")
NOT_GRANTED = Sentence("login {login!r} has no role to take back")
NOT_GRANTED_HINT = Sentence("hiringkit db who shows who has which role")


def _require_administrator(tx: Tx, store: Store) -> str:
    login = logins.current(tx)
    if login is None:
        raise Refused(NO_LOGINS.format(where=store.where), hint=NO_LOGINS_HINT)
    require_administrator(tx)
    return login


def grant_login(
    store: Store, actor: Actor, login: str, role: LoginRole, *, opening: str | None = None, interviewer: str = ""
) -> LoginGrant:
    """Grant a role to a login of the server.

    Args:
        store: A store on a PostgreSQL server.
        actor: An administrator.
        login: The login's name on the server.
        role: What it may see and do.
        opening: The only opening that this is for; None for all: of an interviewer, those that they interview in.
        interviewer: Which interviewer it is, by id or e-mail; if empty, whom it already is, or whose name it has.

    Raises:
        NotFound: There is no such login, interviewer or opening.
        Refused: The store is a file, or one is no administrator.
        UsageProblem: It is not said which interviewer it is, or the role takes no opening.
    """
    with store.write() as tx:
        _require_administrator(tx, store)
        if opening is not None and role in (LoginRole.ADMINISTRATOR, LoginRole.SERVER):
            raise UsageProblem(WHOLE_DATABASE, hint=WHOLE_DATABASE_HINT)
        if not logins.exists(tx, login):
            raise NotFound(NO_LOGIN.format(login=login), hint=NO_LOGIN_HINT.format(login=login))
        person = _person(tx, login, interviewer)
        if role is LoginRole.INTERVIEWER and person is None:
            raise UsageProblem(WHO_IS_THAT.format(login=login), hint=WHO_IS_THAT_HINT)
        where = None if opening is None else find_opening(tx, opening).id
        given = LoginGrant(login, role, where, person, actor.now(), actor.who)
        logins.grant(tx, given)
        subject = {"login": login, **({"opening": where} if where else {})}
        record(tx, actor, "login.grant", subject, role=str(role), interviewer=person)
    return given


def _person(tx: Tx, login: str, given: str) -> str | None:
    if given:
        return find_interviewer(tx, given).id
    before = (each.interviewer for each in logins.every(tx) if each.login == login and each.interviewer)
    known = people.find_interviewer(tx, login)
    return next(before, known.id if known else None)


def revoke_login(store: Store, actor: Actor, login: str, *, opening: str | None = None) -> tuple[LoginGrant, ...]:
    """Take a login's role back, in one opening or, where none is named, all its roles; return what it had.

    Raises:
        NotFound: It has none.
        Refused: The store is a file, or one is no administrator.
    """
    with store.write() as tx:
        _require_administrator(tx, store)
        gone = tuple(e for e in logins.every(tx) if e.login == login and opening in (None, e.opening))
        if not logins.revoke(tx, login, opening):
            raise NotFound(NOT_GRANTED.format(login=login), hint=NOT_GRANTED_HINT)
        record(tx, actor, "login.revoke", {"login": login, **({"opening": opening} if opening else {})})
    return gone


def list_logins(store: Store) -> Logins:
    """Return who was granted which role.

    Raises:
        Refused: The store is a file.
    """
    with store.read() as tx:
        login = logins.current(tx)
        if login is None:
            raise Refused(NO_LOGINS.format(where=store.where), hint=NO_LOGINS_HINT)
        return Logins(login, logins.administers(tx), logins.every(tx))
