"""Ids made from names."""

import pytest

from hiringkit.domain.people import id_from_name


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Amara Osei", "amara-osei"),
        ("Tomás Rivera", "tomas-rivera"),
        ("李文静", "candidate-1"),
        ("王 Anna", "candidate-1"),
        ("[/x] =1+1", "x-1-1"),
        ("🙂", "candidate-1"),
        ("---", "candidate-1"),
    ],
)
def test_a_name_makes_an_id_of_its_ascii_words_or_a_number(name: str, identity: str) -> None:
    assert id_from_name(name, (), "candidate") == identity


def test_an_id_in_use_is_passed_over() -> None:
    assert id_from_name("Amara Osei", {"amara-osei"}, "candidate") == "amara-osei-2"
    assert id_from_name("李文静", {"candidate-1", "candidate-2"}, "candidate") == "candidate-3"
