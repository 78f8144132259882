from __future__ import annotations

from django.urls import path

from practices import views

app_name = "practices"
urlpatterns = [
    path("practices/<slug:slug>/", views.practice_detail, name="practice-detail"),
    path("practices/<slug:slug>/preview/", views.practice_preview, name="practice-preview"),
    path(
        "practices/<slug:slug>/preview/<int:number>/",
        views.practice_version_preview,
        name="practice-version-preview",
    ),
    path(
        "practices/<slug:slug>/steps/<slug:step_slug>/preview/<int:number>/",
        views.step_version_preview,
        name="step-version-preview",
    ),
    path("resources/", views.resource_list, name="resource-list"),
]
