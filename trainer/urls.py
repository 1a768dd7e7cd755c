from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("trainer.home.urls")),
    path("", include("trainer.host.urls")),
    path("interviews/", include("trainer.interviews.urls")),
    path("drills/", include("trainer.drills.urls")),
    path("cards/", include("trainer.cards.urls")),
    path("lab/", include("trainer.lab.urls")),
    path("learn/", include("trainer.learn.urls")),
    path("", include("trainer.accounts.urls")),
    path("health/", include("trainer.ops.urls")),
]

handler500 = "trainer.ops.views.server_error"
