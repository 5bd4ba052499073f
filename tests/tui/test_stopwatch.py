"""Minutes used and planned."""

from hiringkit.tui.interview.state import Stopwatch


class Time:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_minutes_count_for_the_question_at_hand() -> None:
    time = Time()
    watch = Stopwatch({"a": 2, "b": 8}, time)
    watch.go_to("a")
    assert not watch.running
    watch.start()
    time.now = 90
    assert watch.show("a") == "1/2"
    watch.go_to("b")
    time.now = 90 + 150
    assert (watch.show("a"), watch.show("b"), watch.show()) == ("1/2", "2/8", "4/10")


def test_a_sign_stands_from_the_planned_minutes_on() -> None:
    time = Time()
    watch = Stopwatch({"a": 2}, time)
    watch.go_to("a")
    watch.start()
    time.now = 119
    assert watch.show("a") == "1/2"
    time.now = 120
    assert watch.show("a") == "2/2!"
    assert watch.show() == "2/2!"


def test_it_goes_on_with_the_seconds_of_an_earlier_sitting() -> None:
    time = Time()
    watch = Stopwatch({"a": 2, "b": 8}, time, spent={"a": 60.0, "b": 170.0})
    watch.go_to("b")
    assert (watch.show("a"), watch.show("b"), watch.show()) == ("1/2", "2/8", "3/10")
    watch.start()
    time.now = 10
    assert watch.show("b") == "3/8"


def test_it_tells_each_news_once() -> None:
    time = Time()
    watch = Stopwatch({"a": 2, "b": 8}, time, spent={"a": 60.0})
    watch.go_to("a")
    watch.start()
    assert watch.news() == {}
    time.now = 5.5
    assert watch.news() == {"a": 65}
    watch.go_to("b")
    time.now = 7.5
    assert watch.news() == {"b": 2}
    watch.stop()
    assert watch.news() == {}
    assert watch.show() == "1/10"


def test_it_stops_and_goes_on() -> None:
    time = Time()
    watch = Stopwatch({"a": 0}, time)
    watch.go_to("a")
    watch.start()
    time.now = 60
    watch.stop()
    time.now = 600
    assert watch.show("a") == "1/0"
    watch.start()
    time.now = 660
    assert watch.show("a") == "2/0"
