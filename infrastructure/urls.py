from __future__ import annotations

from django.urls import path

from infrastructure.views import adoption, membership, workgroup

app_name = "infrastructure"
urlpatterns = [
    path("workgroups/", workgroup.workgroup_list, name="workgroup-list"),
    path("workgroups/new/", workgroup.workgroup_create, name="workgroup-create"),
    path("workgroups/<int:pk>/", workgroup.workgroup_detail, name="workgroup-detail"),
    path("workgroups/<int:pk>/edit/", workgroup.workgroup_edit, name="workgroup-edit"),
    path("workgroups/<int:pk>/archive/", workgroup.workgroup_archive, name="workgroup-archive"),
    path("workgroups/<int:pk>/restore/", workgroup.workgroup_restore, name="workgroup-restore"),
    path("workgroups/<int:pk>/members/", membership.membership_create, name="membership-create"),
    path(
        "workgroups/<int:pk>/members/<int:membership_pk>/role/",
        membership.membership_change,
        name="membership-change",
    ),
    path(
        "workgroups/<int:pk>/members/<int:membership_pk>/end/",
        membership.membership_end,
        name="membership-end",
    ),
    path(
        "workgroups/<int:pk>/members/<int:membership_pk>/resume/",
        membership.membership_resume,
        name="membership-resume",
    ),
    path("steps-taken-up/", adoption.adoption_list, name="adoption-list"),
    path("steps-taken-up/<int:pk>/", adoption.adoption_detail, name="adoption-detail"),
    path("steps-taken-up/<int:pk>/edit/", adoption.adoption_edit, name="adoption-edit"),
    path("steps-taken-up/<int:pk>/archive/", adoption.adoption_archive, name="adoption-archive"),
    path("steps-taken-up/<int:pk>/restore/", adoption.adoption_restore, name="adoption-restore"),
    path(
        "practices/<slug:practice_slug>/steps/<slug:step_slug>/take-up/",
        adoption.adoption_create,
        name="adoption-create",
    ),
]
