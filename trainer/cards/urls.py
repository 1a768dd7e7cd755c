from django.urls import URLPattern, path

from trainer.cards.views import (
    browse,
    export,
    importing,
    notes,
    own,
    plan,
    progress,
    sending,
    settings,
    study,
)

app_name = "cards"
urlpatterns: list[URLPattern] = [
    path("", study.study, name="study"),
    path("answer/", study.answer, name="answer"),
    path("answers/", sending.answers, name="answers"),
    path("browse/", browse.browse_page, name="browse"),
    path("bring-back/", sending.bring_back, name="bring_back"),
    path("bury/", sending.bury, name="bury"),
    path("buttons/", study.buttons, name="buttons"),
    path("check/", study.check, name="check"),
    path("note/", notes.note, name="note"),
    path("suspend/", sending.suspend, name="suspend"),
    path("undo/", sending.undo, name="undo"),
    path("export/", export.export, name="export"),
    path("import/", importing.import_page, name="import"),
    path("interview/", settings.interview_date, name="interview"),
    path("own/", own.own, name="own"),
    path("own/new/", own.new, name="own_new"),
    path("own/<slug:card>/", own.one, name="own_card"),
    path("own/<slug:card>/delete/", own.delete, name="own_delete"),
    path("plan/", plan.plan_page, name="plan"),
    path("progress/", progress.progress_page, name="progress"),
    path("settings/", settings.settings_page, name="settings"),
    path("settings/new-a-day/", settings.new_a_day, name="new_a_day"),
]
