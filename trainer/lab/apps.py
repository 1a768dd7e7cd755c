from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "trainer.lab"

    def ready(self) -> None:
        # Models can be imported only now that every app is loaded.
        from trainer.accounts import portability  # noqa: PLC0415
        from trainer.interviews.report import appendices  # noqa: PLC0415
        from trainer.lab.proofs import appendix  # noqa: PLC0415
        from trainer.lab.takeaway import labs  # noqa: PLC0415

        portability.register("labs", labs)
        appendices.register("labs", appendix)
