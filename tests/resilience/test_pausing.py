from trainer.resilience.pausing import PAUSE_S, Pause


def test_a_server_that_was_away_is_tried_once_a_pause() -> None:
    seconds = [1.0]
    pause = Pause(lambda: seconds[0])
    assert [pause.may_try() for _ in range(3)] == [True] * 3
    pause.failed()
    assert [pause.may_try() for _ in range(3)] == [False] * 3
    seconds[0] += PAUSE_S
    assert [pause.may_try() for _ in range(3)] == [True, False, False]
    pause.answered()
    assert [pause.may_try() for _ in range(3)] == [True] * 3
