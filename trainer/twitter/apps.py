from django.apps import AppConfig


class TwitterConfig(AppConfig):
    name = "trainer.twitter"
    label = "twitter"
