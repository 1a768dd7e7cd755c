from django.urls import URLPattern, path

from trainer.learn import views

app_name = "learn"
urlpatterns: list[URLPattern] = [
    path("", views.first_pack, name="first"),
    path("<slug:pack>/", views.index, name="index"),
    path("<slug:pack>/sample-interview/", views.sample, name="sample"),
]
