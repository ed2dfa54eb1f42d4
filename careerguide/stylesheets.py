"""The stylesheets of static/css as one file: a reader's browser asks once, and the cascade stays in files of its own.

Nothing is built: the file is put together whenever static files are looked for or collected, and hashed as all are.
"""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

CASCADE = ["tokens", "base", "layout", "components", "forms", "tables", "charts", "profile", "guidance", "utilities"]
SITE = "css/site.css"
SOURCES = settings.BASE_DIR / "static" / "css"
MADE = settings.VAR_DIR / "stylesheets"


def put_together():
    """All of the cascade in its order, then what holds on paper alone."""
    parts = [(SOURCES / f"{name}.css").read_text(encoding="utf-8") for name in CASCADE]
    paper = (SOURCES / "print.css").read_text(encoding="utf-8")
    return "\n".join([*parts, f"@media print {{\n{paper}}}\n"])


class CascadeFinder(BaseFinder):
    """Finds css/site.css, which lies with the files that the site makes for itself."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=MADE)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False):
        if path != SITE:
            return []
        made, css = MADE / SITE, put_together()
        if not made.exists() or made.read_text(encoding="utf-8") != css:
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(css, encoding="utf-8")
        return [str(made)] if find_all else str(made)

    def list(self, ignore_patterns):
        self.find(SITE)
        yield SITE, self.storage
