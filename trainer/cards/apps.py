from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "trainer.cards"

    def ready(self) -> None:
        # Models can be imported only now that every app is loaded.
        from trainer.accounts import joining, portability  # noqa: PLC0415
        from trainer.cards.merging import keep  # noqa: PLC0415
        from trainer.cards.takeaway import cards  # noqa: PLC0415

        portability.register("cards", cards)
        joining.register_keeper(keep)
