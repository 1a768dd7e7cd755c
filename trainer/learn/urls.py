from django.urls import URLPattern, path

from trainer.learn import views, views_numbers, views_quick, views_search, views_topics

app_name = "learn"
urlpatterns: list[URLPattern] = [
    path("", views.first_pack, name="first"),
    path("<slug:pack>/", views.index, name="index"),
    path("<slug:pack>/sample-interview/", views.sample, name="sample"),
    path("<slug:pack>/quick-reference/", views_quick.quick, name="quick"),
    path("<slug:pack>/numbers/", views_numbers.numbers, name="numbers"),
    path("<slug:pack>/numbers/<str:number>/", views_numbers.number, name="number"),
    path("<slug:pack>/contradictions/", views_numbers.contradictions, name="contradictions"),
    path("<slug:pack>/search/", views_search.search, name="search"),
    path("<slug:pack>/<slug:topic>/", views_topics.topic, name="topic"),  # after all of its form
]
