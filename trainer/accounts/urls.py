from django.urls import include, path

from trainer.accounts.views import entry, own, phone, theme

app_name = "accounts"
_you = [
    path("", own.you, name="you"),
    path("sign-up/", entry.sign_up, name="sign_up"),
    path("sign-in/", entry.sign_in, name="sign_in"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("password/", own.password, name="password"),
    path("phone/", phone.phone, name="phone"),
    path("data/", own.data, name="data"),
    path("delete/", own.delete, name="delete"),
    path("theme/", theme.theme, name="theme"),
]
urlpatterns = [
    path("you/", include(_you)),
    path("carry/<slug:token>/", phone.carry, name="carry"),
]
