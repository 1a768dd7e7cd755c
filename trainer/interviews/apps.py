from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "trainer.interviews"

    def ready(self) -> None:
        # Models can be imported only now that every app is loaded.
        from trainer.accounts import portability  # noqa: PLC0415
        from trainer.interviews.takeaway import interviews  # noqa: PLC0415

        portability.register("interviews", interviews)
