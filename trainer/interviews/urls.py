from django.urls import URLPattern, path

from trainer.interviews.views import history, redo, replay, report, room

app_name = "interviews"
urlpatterns: list[URLPattern] = [
    path("", history.history, name="list"),
    path("open/", room.open_room, name="open"),
    path("<slug:id>/", room.room, name="room"),
    path("<slug:id>/configure/", room.configure, name="configure"),
    path("<slug:id>/start/", room.start, name="start"),
    path("<slug:id>/say/", room.say, name="say"),
    path("<slug:id>/save/", room.save, name="save"),
    path("<slug:id>/move/", room.move, name="move"),
    path("<slug:id>/undo/", room.undo, name="undo"),
    path("<slug:id>/pause/", room.pause, name="pause"),
    path("<slug:id>/resume/", room.resume, name="resume"),
    path("<slug:id>/pulse/", room.pulse, name="pulse"),
    path("<slug:id>/finish/", room.finish, name="finish"),
    path("<slug:id>/report/", report.report, name="report"),
    path("<slug:id>/report/check/", report.check, name="check"),
    path("<slug:id>/report/grade/", report.grade, name="grade"),
    path("<slug:id>/redo/<str:line>/", redo.redo, name="redo"),
    path("<slug:id>/replay/", replay.replay, name="replay"),
    path("<slug:id>/export.md", report.export, name="export"),
]
