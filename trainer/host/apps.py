from django.apps import AppConfig


class HostConfig(AppConfig):
    name = "trainer.host"

    def ready(self) -> None:
        # Models can be imported only now that every app is loaded.
        from trainer.accounts import forgetting, portability  # noqa: PLC0415
        from trainer.host import selectors, takeaway  # noqa: PLC0415
        from trainer.interviews.grade import overrules  # noqa: PLC0415
        from trainer.interviews.report import appendices  # noqa: PLC0415

        portability.register("scorecards", takeaway.scorecards)
        forgetting.register(takeaway.forget)
        appendices.register("scorecards", takeaway.appendix)
        overrules.register(selectors.overruled)
