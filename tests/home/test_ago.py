from datetime import timedelta

from django.utils import timezone

from trainer.home.templatetags.ago import ago


def test_the_first_minute_is_just_now():
    assert ago(timezone.now() - timedelta(seconds=20)) == "just now"


def test_only_the_largest_unit_is_told():
    assert ago(timezone.now() - timedelta(hours=3, minutes=12)).split() == ["3", "hours", "ago"]
