"""Encryption at rest: SQLite files that SQLCipher writes, and where their keys come from.

A file's salt, its first 16 bytes, names its key in the keyring: it stays the same when the file is moved or backed up.
SQLCipher derives the key from the passphrase by PBKDF2-HMAC-SHA512 with 256,000 iterations
(https://www.zetetic.net/sqlcipher/design/). Here that is done once for a process instead of for every connection.
"""

import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from hiringkit.errors import Refused
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

NO_LIBRARY = Sentence("an encrypted database needs SQLCipher, which is not installed")
NO_LIBRARY_HINT = Sentence('pip install "hiringkit[encrypt]"')
NO_KEY = Sentence("{where} is encrypted, and its key is not in the keyring of this machine")
NO_KEY_HINT = Sentence("run the command in a terminal, where the key is asked for; or put it into the keyring there")
WRONG_KEY = Sentence("that is not the key of {where}, or the file is no database")
WRONG_KEY_HINT = Sentence("try again; without the right key nobody can read it, and no backup of it either")
SHORT_KEY = Sentence("the key has fewer than {least} characters")
SHORT_KEY_HINT = Sentence("take several words that do not belong together")
QUIET = "cipher_log_level = NONE"
"""Without it, SQLCipher writes about a wrong key to standard error."""
SIGNATURE = b"SQLite format 3\0"
"""How a file begins that is not encrypted."""
LEAST = 12
"""Fewest characters of a key."""
_SERVICE = "hiringkit"
_SALT, _PAGE = 16, 4096
_ITERATIONS, _BYTES = 256_000, 32
_SPREAD = 230
"""Fewest of the 256 values of a byte on a page that looks encrypted; on a random page 256 are there."""
_NOT_A_DATABASE = 26

Ask = Callable[[str], str | None]
"""Asks for the key of a file, given what to call it; None where nobody can be asked."""

_ask: Ask = lambda _where: None  # noqa: E731
_told: str | None = None
_keys: dict[bytes, tuple[str, str]] = {}


def ask_with(ask: Ask) -> None:
    """Have keys that the keyring does not hold asked for."""
    global _ask  # noqa: PLW0603 - how a process asks is one fact, set where it begins
    _ask = ask


def answer_with(words: str) -> None:
    """Have a key tried before one is asked for."""
    global _told  # noqa: PLW0603 - as above
    _told = words


def is_encrypted(path: Path) -> bool:
    """Return whether a file looks like an encrypted database: whole pages of noise."""
    return _salt(path) is not None


def _salt(path: Path) -> bytes | None:
    """Return the salt of an encrypted file, None where it is none or is not there."""
    try:
        with path.open("rb") as file:
            page, size = file.read(_PAGE), os.fstat(file.fileno()).st_size
    except OSError:
        return None
    noise = size and size % _PAGE == 0 and not page.startswith(SIGNATURE) and len(set(page)) >= _SPREAD
    return page[:_SALT] if noise else None


def library() -> ModuleType:
    """Return the driver that reads and writes encrypted files.

    Raises:
        Refused: It is not installed.
    """
    try:
        import sqlcipher3.dbapi2 as driver  # noqa: PLC0415 - an extra
    except ImportError:
        raise Refused(NO_LIBRARY, hint=NO_LIBRARY_HINT) from None
    return driver  # type: ignore[no-any-return]


def unlocking(path: Path) -> tuple[str, ...]:
    """Return the pragmas by which a connection reads a file; none where it is not encrypted.

    To be called where this process has no connection to the file: reading it drops the locks that SQLite holds on it.

    Raises:
        Refused: The key is not known, or wrong, or SQLCipher is not installed.
    """
    salt = _salt(path)
    return () if salt is None else (QUIET, f'key = "{_key(path, salt)[1]}"')


def is_unlocked(path: Path) -> bool:
    """Return whether the key of an encrypted file is known without asking: a backup has that of its database."""
    return _salt(path) in _keys


def passphrase(path: Path) -> str:
    """Return the key of an encrypted file as a person knows it; otherwise as `unlocking`."""
    return _key(path, _salt(path) or b"")[0]


def _key(path: Path, salt: bytes) -> tuple[str, str]:
    if salt not in _keys:
        shown = clean_line(str(path))
        likely = (_told, _kept(salt), *dict.fromkeys(words for words, _raw in _keys.values()))
        if not any(_try(path, salt, words) for words in likely if words is not None):
            typed = _ask(shown)
            if typed is None:
                raise Refused(NO_KEY.format(where=shown), hint=NO_KEY_HINT)
            if not _try(path, salt, typed):
                raise Refused(WRONG_KEY.format(where=shown), hint=WRONG_KEY_HINT)
    return _keys[salt]


def _try(path: Path, salt: bytes, words: str) -> bool:
    """Try a key, and remember it where it is right."""
    from hashlib import pbkdf2_hmac  # noqa: PLC0415 - every command imports this module

    derived = pbkdf2_hmac("sha512", words.encode("utf-8", "replace"), salt, _ITERATIONS, _BYTES)
    raw = f"x'{derived.hex()}{salt.hex()}'"
    driver = library()
    connection = driver.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute(f"PRAGMA {QUIET}")
        connection.execute(f'PRAGMA key = "{raw}"')
        connection.execute("SELECT count(*) FROM sqlite_master")
    except driver.Error as error:
        if getattr(error, "sqlite_errorcode", None) == _NOT_A_DATABASE:
            return False
        # locked or unreadable: whoever opens it next says so
    finally:
        connection.close()
    _keys[salt] = (words, raw)
    return True


def check_key(words: str) -> str:
    """Return a new key if it will do.

    Raises:
        Refused: It is too short.
    """
    if len(words) < LEAST:
        raise Refused(SHORT_KEY.format(least=LEAST), hint=SHORT_KEY_HINT)
    return words


def learn_key(path: Path, words: str) -> None:
    """Remember the key of a file that was just written with it."""
    _try(path, _salt(path) or b"", words)


def keep_key(path: Path) -> bool:
    """Put the key of a file into the keyring of this machine; return whether there is one that took it."""
    try:
        import keyring  # noqa: PLC0415 - an extra
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return False
    salt = _salt(path) or b""
    try:
        keyring.set_password(_SERVICE, salt.hex(), _key(path, salt)[0])
    except (KeyringError, OSError):
        return False
    return True


def _kept(salt: bytes) -> str | None:
    try:
        import keyring  # noqa: PLC0415 - an extra
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        return keyring.get_password(_SERVICE, salt.hex())
    except (KeyringError, OSError):
        return None


def overwrite(descriptor: int) -> None:
    """Write zeros over an open file, so that a disk that writes in place holds nothing of it any more."""
    size, zeros = os.fstat(descriptor).st_size, bytes(1 << 20)
    os.lseek(descriptor, 0, os.SEEK_SET)
    while size > 0:
        size -= os.write(descriptor, zeros[: min(size, len(zeros))])
    os.fsync(descriptor)
