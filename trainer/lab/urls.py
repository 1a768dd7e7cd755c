from django.urls import URLPattern, path

from trainer.lab import streams
from trainer.lab.views import home_json, index, labs, to_cards

app_name = "lab"
urlpatterns: list[URLPattern] = [
    path("", index.first_pack, name="first"),
    path("home.json", home_json.home, name="home"),
    path("intuition/", index.intuition_page, name="intuition"),
    path("runs/<slug:run>/", labs.one_run, name="one_run"),
    path("runs/<slug:run>/card/", to_cards.add_to_cards, name="to_cards"),
    path("runs/<slug:run>/live/", labs.live, name="live"),
    path("runs/<slug:run>/events/", streams.events, name="events"),
    path("runs/<slug:run>/stop/", labs.stop, name="stop"),
    path("<slug:pack>/", index.index, name="index"),
    path("<slug:pack>/what-stands-for-what/", index.stand_ins, name="stand_ins"),
    path("<slug:pack>/<slug:lab>/", labs.lab, name="lab"),
    path("<slug:pack>/<slug:lab>/predict/", labs.predict, name="predict"),
    path("<slug:pack>/<slug:lab>/run/", labs.run, name="run"),
    path("<slug:pack>/<slug:lab>/reset/", labs.reset, name="reset"),
]
