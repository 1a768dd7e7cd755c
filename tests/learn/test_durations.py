from trainer.learn.templatetags.durations import whole_minutes


def test_seconds_become_whole_minutes():
    assert whole_minutes(900.0) == 15
