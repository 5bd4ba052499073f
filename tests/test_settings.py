"""Option, then environment, then config file, then default; and where each came from."""

from pathlib import Path

import pytest

from hiringkit.errors import UsageProblem
from hiringkit.settings import has_unicode_borders, load_settings, no_colour, peek_language


def write_config(home: Path, text: str) -> Path:
    path = home / "xdg_config_home" / "hiringkit" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_option_beats_the_environment_which_beats_the_config_file(elsewhere: Path) -> None:
    config = write_config(elsewhere, 'db = "from-config.db"\nuser = "config@x.example"\nlang = "zh"\n')
    environ = {"HIRINGKIT_DB": "from-env.db", "HIRINGKIT_LANG": "en"}

    found = load_settings({"db": "from-option.db"}, environ)
    assert (found.db.value, found.db.source) == ("from-option.db", "option")

    found = load_settings({}, environ)
    assert (found.db.value, found.db.source) == ("from-env.db", "HIRINGKIT_DB")
    assert (found.user.value, found.user.source) == ("config@x.example", str(config))
    assert (found.lang.value, found.lang.source) == ("en", "HIRINGKIT_LANG")


def test_without_anything_the_database_is_in_the_users_data_folder(elsewhere: Path) -> None:
    found = load_settings({}, {})
    assert found.db.value == str(elsewhere / "xdg_data_home" / "hiringkit" / "hiringkit.db")
    assert found.db.source == "default"
    assert found.user.value == ""


def test_an_empty_variable_counts_as_none() -> None:
    assert load_settings({}, {"HIRINGKIT_DB": ""}).db.source == "default"


def test_the_shipped_library_is_the_last_root_and_extra_ones_come_first() -> None:
    roots = load_settings({"library": "/a:/b"}, {}).roots
    assert roots[:2] == (Path("/a"), Path("/b"))
    assert (roots[2] / "rubrics" / "sales-operations" / "sales-operations-manager.yaml").is_file()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("db = 3\n", "'db' is not a setting with a text value"),
        ('bd = "x"\n', "'bd' is not a setting"),
        ("db = \n", "Invalid value"),
        ('lang = "fr"\n', "no language 'fr'"),
    ],
)
def test_a_config_file_that_makes_no_sense_is_refused_by_name(elsewhere: Path, text: str, said: str) -> None:
    path = write_config(elsewhere, text)
    with pytest.raises(UsageProblem) as caught:
        load_settings({}, {})
    assert said in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("argv", "environ", "language"),
    [
        (["--lang", "zh", "demo"], {}, "zh"),
        (["demo", "--lang=zh"], {"HIRINGKIT_LANG": "en"}, "zh"),
        (["demo"], {"HIRINGKIT_LANG": "zh"}, "zh"),
        (["demo"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["demo"], {"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (["demo", "--", "--lang=zh"], {}, "en"),
        (["--lang"], {}, "en"),
        (["--lang", "fr"], {}, "en"),
    ],
)
def test_the_language_is_known_before_anything_is_parsed(
    argv: list[str], environ: dict[str, str], language: str
) -> None:
    assert peek_language(argv, environ) == language


def test_no_color_and_a_dumb_terminal_mean_no_colour() -> None:
    assert no_colour({"NO_COLOR": "1"})
    assert no_colour({"TERM": "dumb"})
    assert not no_colour({"NO_COLOR": "", "TERM": "xterm"})


@pytest.mark.parametrize(
    ("setting", "environ", "lines"),
    [
        ("auto", {"LANG": "en_GB.UTF-8", "TERM": "xterm-256color"}, True),
        ("auto", {"LANG": "zh_CN.UTF-8"}, False),
        ("auto", {"LANG": "de_DE.ISO-8859-1"}, False),
        ("auto", {"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, False),
        ("auto", {"LANG": "C.utf8", "TERM": "linux"}, False),
        ("auto", {}, False),
        ("unicode", {}, True),
        ("ascii", {"LANG": "en_GB.UTF-8"}, False),
    ],
)
def test_frames_are_lines_where_the_terminal_has_them(setting: str, environ: dict[str, str], lines: bool) -> None:
    assert has_unicode_borders(setting, environ) is lines


def test_borders_come_from_the_environment_and_are_checked() -> None:
    assert load_settings({}, {}).borders.value == "auto"
    assert load_settings({}, {"HIRINGKIT_BORDERS": "ascii"}).borders.source == "HIRINGKIT_BORDERS"
    with pytest.raises(UsageProblem, match="no borders 'thick'"):
        load_settings({}, {"HIRINGKIT_BORDERS": "thick"})
