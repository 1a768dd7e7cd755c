from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "trainer.schedule"

    def ready(self) -> None:
        # Models can be imported only now that every app is loaded.
        from trainer.accounts import joining, portability  # noqa: PLC0415
        from trainer.schedule.merging import keep_aside, rejoined  # noqa: PLC0415
        from trainer.schedule.takeaway import schedule  # noqa: PLC0415

        portability.register("schedule", schedule)
        joining.register_keeper(keep_aside)
        joining.register(rejoined)
