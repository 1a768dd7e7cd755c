from django.urls import path

from trainer.accounts.views import entry, own, theme

app_name = "accounts"
urlpatterns = [
    path("", own.you, name="you"),
    path("sign-up/", entry.sign_up, name="sign_up"),
    path("sign-in/", entry.sign_in, name="sign_in"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("password/", own.password, name="password"),
    path("data/", own.data, name="data"),
    path("delete/", own.delete, name="delete"),
    path("theme/", theme.theme, name="theme"),
]
