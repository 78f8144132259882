from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class PortalStaticFilesStorage(ManifestStaticFilesStorage):
    """File names carry a digest of their content, those of our imported modules too."""

    support_js_module_import_aggregation = True
    # Ours alone: packages ship modules that import bare names, which are no files.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        ManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],  # type: ignore[attr-defined]  # noqa: SLF001 (Django has no public name for it)
    )
