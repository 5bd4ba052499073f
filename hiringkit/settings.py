"""Where things are found: option, then environment, then config file, then default.

The only room that reads the environment. `--help` passes through here, so attrs and platformdirs are
imported only by what needs them.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from hiringkit.locale import choose
from hiringkit.text.language import DEFAULT_LANGUAGE, LANGUAGES
from hiringkit.text.sentence import Sentence

UTC_NAME = "UTC"
_zone: list[str] = []
VARIABLES = {
    "db": "HIRINGKIT_DB",
    "library": "HIRINGKIT_LIBRARY",
    "lang": "HIRINGKIT_LANG",
    "user": "HIRINGKIT_USER",
    "timezone": "HIRINGKIT_TZ",
    "borders": "HIRINGKIT_BORDERS",
}
BORDERS = ("auto", "unicode", "ascii")
"""What the frames of the terminal interface are drawn with; auto looks at the locale."""


class Setting(NamedTuple):
    """One setting, with where it came from."""

    name: str
    value: str
    source: str
    """`option`, the environment variable's name, the config file's path, or `default`."""


class Settings(NamedTuple):
    """Every setting of one run."""

    db: Setting
    """A file path or an SQLAlchemy URL."""
    library: Setting
    """Extra roots, joined by the path separator; may be empty."""
    lang: Setting
    """en or zh."""
    user: Setting
    """The e-mail or id that one acts as; may be empty."""
    timezone: Setting
    """The zone in which times are read and shown, by its IANA name."""
    borders: Setting
    """One of `BORDERS`."""
    config: Setting
    """The config file, whether or not it exists."""
    shipped: Setting
    """The folder that holds the shipped rubrics/ and question_banks/."""
    keys: Mapping[str, str] = {}
    """Keys of the terminal interface by the id of what they do, from the config file's `[keys]`."""
    columns: Mapping[str, tuple[str, ...]] = {}
    """What else columns of files are called, by our names for them, from the config file's `[columns]`."""

    @property
    def roots(self) -> tuple[Path, ...]:
        """Library roots, the first wins."""
        extra = [Path(part).expanduser() for part in self.library.value.split(os.pathsep) if part]
        return (*extra, Path(self.shipped.value))

    def every(self) -> tuple[Setting, ...]:
        """Return all settings, in the order in which they are shown."""
        return (self.db, self.library, self.shipped, self.lang, self.user, self.timezone, self.borders, self.config)


def load_settings(options: Mapping[str, str | None], environ: Mapping[str, str] = os.environ) -> Settings:
    """Find every setting.

    Args:
        options: `db`, `library`, `lang`, `user` as given on the command line, None or absent otherwise.
        environ: The environment.

    Raises:
        UsageProblem: The config file or a setting makes no sense.
    """
    config_path, config, keys, columns = _read_config()
    defaults: dict[str, Callable[[], str]] = {
        "db": _default_db,
        "library": lambda: "",
        "lang": lambda: _system_language(environ),
        "user": str,
        "timezone": lambda: _system_zone(environ),
        "borders": lambda: BORDERS[0],
    }

    def find(name: str) -> Setting:
        if (given := options.get(name)) is not None:
            return Setting(name, given, "option")
        if given := environ.get(VARIABLES[name]):
            return Setting(name, given, VARIABLES[name])
        if name in config:
            return Setting(name, config[name], str(config_path))
        return Setting(name, defaults[name](), "default")

    lang = find("lang")
    if lang.value not in LANGUAGES:
        raise _usage(
            Sentence("no language {value!r} (from {source})").format(value=lang.value, source=lang.source),
            Sentence("languages: {names}").format(names=", ".join(LANGUAGES)),
        )
    zone = find("timezone")
    if not is_zone(zone.value):
        raise _no_zone(zone)
    use_zone(zone.value)
    borders = find("borders")
    if borders.value not in BORDERS:
        raise _usage(
            Sentence("no borders {value!r} (from {source})").format(value=borders.value, source=borders.source),
            Sentence("one of {names}").format(names=", ".join(BORDERS)),
        )
    return Settings(
        db=find("db"),
        library=find("library"),
        lang=lang,
        user=find("user"),
        timezone=zone,
        borders=borders,
        config=Setting("config", str(config_path), "default"),
        shipped=Setting("shipped", *_shipped()),
        keys=keys,
        columns=columns,
    )


def peek_language(argv: list[str], environ: Mapping[str, str] = os.environ) -> str:
    """Return the language before anything is parsed, for help and for click's own messages.

    Never raises: an unknown language is `load_settings`'s to refuse.
    """
    for position, word in enumerate(argv):
        if word == "--":
            break
        value = argv[position + 1] if word == "--lang" and position + 1 < len(argv) else word
        if word == "--lang" or word.startswith("--lang="):
            value = value.removeprefix("--lang=")
            return value if value in LANGUAGES else DEFAULT_LANGUAGE
    value = environ.get("HIRINGKIT_LANG") or _configured_language() or _system_language(environ)
    return value if value in LANGUAGES else DEFAULT_LANGUAGE


def speak(language: str) -> None:
    """Make gettext answer in this language, click's own strings too."""
    choose(language)
    os.environ["LANGUAGE"] = language
    if language != DEFAULT_LANGUAGE and os.environ.get("LC_ALL") == "C":
        # gettext reads LC_ALL=C as "no translation at all", which an explicit choice overrules
        os.environ["LC_ALL"] = "C.UTF-8"


def paint_quickly() -> None:
    """Have Textual wait for 8 ms at most before it paints, unless the user chose otherwise; before its import."""
    os.environ.setdefault("TEXTUAL_FPS", "120")


def environment_with(**added: str) -> dict[str, str]:
    """Return the environment for a program that this one starts, with some variables set otherwise."""
    return {**os.environ, **added}


def no_colour(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether the user asked for no colour, or the terminal can show none."""
    return bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"


def has_unicode_borders(setting: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether frames are drawn with lines instead of signs of ASCII.

    Lines are two cells wide in terminals of Chinese, Japanese and Korean locales, and missing from the console.
    """
    if setting != BORDERS[0]:
        return setting == "unicode"
    locale = next((found for name in ("LC_ALL", "LC_CTYPE", "LANG") if (found := environ.get(name))), "")
    wide = locale.startswith(("zh", "ja", "ko"))
    return "UTF8" in locale.upper().replace("-", "") and not wide and environ.get("TERM") not in {"linux", "dumb"}


def editor(environ: Mapping[str, str] = os.environ) -> str:
    """Return the command line of the user's text editor."""
    return environ.get("VISUAL") or environ.get("EDITOR") or ("notepad" if sys.platform == "win32" else "vi")


def crash_folder() -> Path:
    """Return the folder that crash logs go to."""
    from platformdirs import user_state_path  # noqa: PLC0415 - only a crash needs it

    return user_state_path("hiringkit", appauthor=False)


def crash_folders() -> tuple[Path, ...]:
    """Return the folders that crash logs go to: the first, and the second where that may not be written to."""
    import tempfile  # noqa: PLC0415 - only a crash and an erasure need it

    return crash_folder(), Path(tempfile.gettempdir())


def data_folder() -> Path:
    """Return the user's data folder, which may not exist yet."""
    from platformdirs import user_data_path  # noqa: PLC0415 - a few milliseconds that most runs need not pay

    return user_data_path("hiringkit", appauthor=False)


def _config_path() -> Path:
    from platformdirs import user_config_path  # noqa: PLC0415 - a few milliseconds that most runs need not pay

    return user_config_path("hiringkit", appauthor=False) / "config.toml"


def _default_db() -> str:
    return str(data_folder() / "hiringkit.db")


def _read_config() -> tuple[Path, dict[str, str], dict[str, str], dict[str, tuple[str, ...]]]:
    path = _config_path()
    if not path.is_file():
        return path, {}, {}, {}
    import tomllib  # noqa: PLC0415 - few people have a config file

    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise _usage(f"{path}: {error}", Sentence("mend the file or move it away")) from None
    keys = raw.pop("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(each, str) for each in keys.values()):
        raise _usage(
            Sentence("{path}: [keys] is not a table of texts").format(path=path),
            Sentence('such as interview-undo = "f8"'),
        )
    columns = raw.pop("columns", {})
    if not isinstance(columns, dict) or not all(_is_texts(each) for each in columns.values()):
        raise _usage(
            Sentence("{path}: [columns] is not a table of lists of texts").format(path=path),
            Sentence('such as rating = ["Overall mark"]'),
        )
    for key, value in raw.items():
        if key not in VARIABLES or not isinstance(value, str):
            raise _usage(
                Sentence("{path}: {key!r} is not a setting with a text value").format(path=path, key=key),
                Sentence("settings: {names}").format(names=", ".join(VARIABLES)),
            )
    return path, raw, keys, {name: tuple(words) for name, words in columns.items()}


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def use_zone(name: str) -> None:
    """Have times read and shown in this zone from now on, an IANA name that the machine knows."""
    _zone[:] = [name]


def zone_in_use() -> str:
    """Return the name of the zone in which times are read and shown: that of the settings read last."""
    return _zone[0] if _zone else load_settings({}).timezone.value


def is_zone(name: str) -> bool:
    """Return whether this machine knows a zone of that name."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - see above

    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # hostile names; ZoneInfoNotFoundError is a KeyError
        return False
    except KeyError:
        return False
    return True


def _usage(message: str, hint: str) -> Exception:
    from hiringkit.errors import UsageProblem  # noqa: PLC0415 - brings attrs, which `--help` does without

    return UsageProblem(message, hint=hint)


def _no_zone(zone: Setting) -> Exception:
    from zoneinfo import available_timezones  # noqa: PLC0415 - reads a folder of 600 files

    from hiringkit.text.similarity import nearest  # noqa: PLC0415 - `--help` does without

    near = nearest(zone.value, sorted(available_timezones()))
    return _usage(
        Sentence("no time zone {value!r} (from {source})").format(value=zone.value, source=zone.source),
        Sentence("did you mean {near!r}?").format(near=near) if near else Sentence("such as Europe/Berlin or UTC"),
    )


def _system_zone(environ: Mapping[str, str]) -> str:
    """Return the IANA name of the system's zone, UTC where it has none."""
    # where it stands on most systems; tzlocal takes 30 ms to be imported
    linked = Path("/etc/localtime").resolve().as_posix().partition("/zoneinfo/")[2]
    for name in (environ.get("TZ", "").removeprefix(":"), linked):
        if name and is_zone(name):
            return UTC_NAME if name == "Etc/UTC" else name
    from tzlocal import get_localzone_name  # noqa: PLC0415 - see above

    name = get_localzone_name()
    return name if name and is_zone(name) else UTC_NAME


def _configured_language() -> str:
    try:
        return _read_config()[1].get("lang", "")
    except Exception:  # noqa: BLE001 - a broken config file is for `load_settings` to refuse, not for help
        return ""


def _system_language(environ: Mapping[str, str]) -> str:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return next((code for code in LANGUAGES if value.startswith(code)), DEFAULT_LANGUAGE)
    return DEFAULT_LANGUAGE


def _shipped() -> tuple[str, str]:
    package = Path(__file__).resolve().parent
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "rubrics").is_dir():
        return str(checkout), "checkout"
    return str(package / "shipped"), "installed"


def python_version() -> str:
    """Return the interpreter's version, for crash logs."""
    return sys.version.split()[0]
