from django.urls import URLPattern, path

from trainer.lab import views

app_name = "lab"
urlpatterns: list[URLPattern] = [
    path("home.json", views.home, name="home"),
]
