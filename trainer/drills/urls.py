from django.urls import URLPattern, path

from trainer.drills import views
from trainer.drills.progress import progress_page

app_name = "drills"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("progress/", progress_page, name="progress"),
    path("rounds/<slug:id>/", views.round_page, name="round"),
    path("rounds/<slug:id>/<slug:command>/", views.command, name="command"),
    path("<slug:pack>/<slug:drill>/", views.start_page, name="start"),
]
