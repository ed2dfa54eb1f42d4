"""What `check --deploy` says beyond Django's own checks."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Warning, register

from careerguide.environment import SQLITE


@register(deploy=True)
def data_apart_from_code(app_configs, **kwargs):
    """An upgrade brings the code in a new folder, and would begin with an empty database."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != SQLITE or not Path(database["NAME"]).resolve().is_relative_to(settings.BASE_DIR):
        return []
    place = Path(database["NAME"]).resolve().parent
    hint = "Set DJANGO_VAR_DIR to a folder of its own, or DATABASE_URL, with a whole path, and move the file there."
    told = f"The database lies in the code, in {place}: an upgrade would leave it behind."
    return [Warning(told, hint=hint, id="careerguide.W001")]
