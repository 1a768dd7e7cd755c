from django.urls import URLPattern, path

from trainer.ops import views

app_name = "ops"
urlpatterns: list[URLPattern] = [
    path("live", views.live, name="live"),
    path("ready", views.ready, name="ready"),
    path("world", views.world, name="world"),
]
