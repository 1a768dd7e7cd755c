from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "trainer.grading"

    def ready(self) -> None:
        # Models can be imported only now that every app is loaded.
        from trainer.accounts import portability  # noqa: PLC0415
        from trainer.grading.takeaway import gradings  # noqa: PLC0415

        portability.register("gradings", gradings)
