from django.urls import URLPattern, path

from trainer.home import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
