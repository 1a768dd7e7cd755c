from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "trainer.accounts"

    def ready(self) -> None:
        from trainer.accounts import portability  # noqa: PLC0415  (needs loaded models)

        portability.register("account", portability.account)
