from django.apps import AppConfig

from trainer import celery  # noqa: F401  (loads the Celery app wherever Django is loaded)


class OpsConfig(AppConfig):
    name = "trainer.ops"
