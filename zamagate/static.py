"""Static files under names that change with their content."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """The addresses of a process's life never change: each is worked out once."""

    @cache  # noqa: B019 there is one storage a process
    def url(self, name: str, force: bool = False) -> str:
        return super().url(name, force)
