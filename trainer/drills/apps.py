from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "trainer.drills"

    def ready(self) -> None:
        # Models can be imported only now that every app is loaded.
        from trainer.accounts import portability  # noqa: PLC0415
        from trainer.drills.takeaway import drills  # noqa: PLC0415

        portability.register("drills", drills)
