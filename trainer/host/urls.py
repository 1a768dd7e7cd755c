from django.urls import URLPattern, path

from trainer.host.views import invitations, join, replay, scorecard, submitting

app_name = "host"
urlpatterns: list[URLPattern] = [
    path("interviews/<slug:id>/invitations/", invitations.invitations, name="invitations"),
    path(
        "interviews/<slug:id>/invitations/<slug:invitation>/revoke/",
        invitations.revoke,
        name="revoke",
    ),
    path("interviews/<slug:id>/scorecard/", scorecard.scorecard, name="scorecard"),
    path("interviews/<slug:id>/scorecard/transcript/", scorecard.transcript, name="transcript"),
    path("interviews/<slug:id>/scorecard/submit/", submitting.submit, name="submit"),
    path("interviews/<slug:id>/scorecard/replay/", replay.replay, name="replay"),
    path("join/<slug:token>/", join.join, name="join"),
]
