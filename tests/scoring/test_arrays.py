"""Columns are grouped without a loop over their rows."""

import numpy as np

from hiringkit.scoring.arrays import joint_key, numbered, ranges, ratio, sorted_groups, sums


def test_equal_keys_come_together_in_the_order_in_which_they_stood() -> None:
    order, starts = sorted_groups(np.array([7, 3, 7, 3, 9]))
    assert np.arange(5)[order].tolist() == [1, 3, 0, 2, 4]
    assert starts.tolist() == [0, 2, 4]


def test_sorted_keys_are_left_where_they_are() -> None:
    order, starts = sorted_groups(np.array([1, 1, 2]))
    assert order == slice(None)
    assert starts.tolist() == [0, 2]


def test_no_keys_make_no_groups() -> None:
    _, starts = sorted_groups(np.array([], dtype=np.int64))
    assert starts.tolist() == []


def test_keys_are_numbered_in_ascending_order_whether_or_not_they_follow_each_other() -> None:
    numbers, count = numbered(np.array([7, 7, 3, 7, 3, 3, 9]))
    assert (numbers.tolist(), count) == ([1, 1, 0, 1, 0, 0, 2], 3)
    assert numbered(np.array([], dtype=np.int64))[0].tolist() == []


def test_ranges_follow_each_other() -> None:
    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert ranges(np.array([], dtype=np.int64), np.array([], dtype=np.int64)).tolist() == []


def test_sums_and_counts_cover_empty_groups() -> None:
    groups = np.array([0, 2, 2])
    assert sums(groups, 4).tolist() == [1.0, 0.0, 2.0, 0.0]
    assert sums(groups, 4, np.array([1.5, 1.0, 2.0])).tolist() == [1.5, 0.0, 3.0, 0.0]


def test_a_ratio_over_nothing_is_no_number() -> None:
    found = ratio(np.array([1.0, 1.0]), np.array([2.0, 0.0]))
    assert found[0] == 0.5
    assert np.isnan(found[1])


def test_a_joint_key_is_the_same_only_where_all_columns_are() -> None:
    key = joint_key([(np.array([0, 1, 1]), 2), (np.array([2, 0, 0]), 3)])
    assert key.tolist() == [2, 3, 3]


def test_a_joint_key_of_more_combinations_than_a_number_holds_still_tells_them_apart() -> None:
    many = 10**7
    codes = np.array([0, many - 1, 0, many - 1, 5])
    key = joint_key([(codes, many), (codes, many), (np.array([1, 2, 1, 3, 1]), many)])
    assert key[0] == key[2]
    assert len(set(key.tolist())) == 4
