"""Ids made from names."""

import pytest

from hiringkit.domain.people import id_from_name


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Amara Osei", "amara-osei"),
        ("Tomás Rivera", "tomas-rivera"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Þór Ægisson", "thor-aegisson"),
        ("王小明", "wang-xiao-ming"),
        ("王 Anna", "wang-anna"),
        ("김민수", "gim-min-su"),
        ("Ирина Мальцева", "irina-maltseva"),
        ("محمد علي", "mhmd-ly"),
        ("मोहन", "mohn"),
        ("Σωκράτης", "sokratis"),
        ("Nguye\u0302\u0303n Văn Đức", "nguyen-van-duc"),
        ("O\u2019Brien", "o-brien"),
        ("Maria do Carmo Fernandes de Albuquerque e Castro", "maria-do-carmo-fernandes-de-albuquerque"),
        ("x" * 99, "x" * 40),
        ("[/x] =1+1", "x-1-1"),
        ("🙂", "candidate-1"),
        ("---", "candidate-1"),
    ],
)
def test_a_name_of_any_script_makes_an_id_that_can_be_read(name: str, identity: str) -> None:
    assert id_from_name(name, (), "candidate") == identity


def test_an_id_in_use_is_passed_over() -> None:
    assert id_from_name("Amara Osei", {"amara-osei"}, "candidate") == "amara-osei-2"
    assert id_from_name("李文静", {"li-wen-jing", "li-wen-jing-2"}, "candidate") == "li-wen-jing-3"
    assert id_from_name("🙂", {"candidate-1"}, "candidate") == "candidate-2"
