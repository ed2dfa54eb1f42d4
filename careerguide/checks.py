"""What `check --deploy` says beyond Django's own checks."""

import os
import re
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings
from django.core.checks import Warning, register

from careerguide.environment import SQLITE

OF_DJANGO = ("DJANGO_SETTINGS_MODULE", "DJANGO_SUPERUSER_")


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


@register(deploy=True)
def variables_known(app_configs, **kwargs):
    """A misspelled variable is not read, and so silently leaves the site as it is without."""
    example = settings.BASE_DIR / ".env.example"
    known = re.findall(r"^#?(DJANGO_[A-Z_]+)=", example.read_text(encoding="utf-8"), re.MULTILINE)
    given = (name for name in sorted(os.environ) if name.startswith("DJANGO_") and not name.startswith(OF_DJANGO))
    warnings = []
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, 1, cutoff=0.8)
            hint = f"Did you mean {near[0]}?" if near else "See .env.example for those that there are."
            warnings.append(Warning(f"{name} is no variable of this site.", hint=hint, id="careerguide.W002"))
    return warnings
