"""Records of our own, for rules that must not hang on what the content says today."""

import datetime

from careers.models import Career, Credential, Setting
from sources.models import STATEMENT_FIELDS, Citation, Disagreement, Source

CHECKED_ON = datetime.date(2026, 11, 22)
JANUARY = datetime.date(2027, 1, 1)  # when the law of California begins; invented facts have this day as well


def newcomer(slug="coroner", **values):
    """A career with nothing but a summary."""
    return Career.objects.create(
        **{"slug": slug, "title": slug.capitalize(), "summary": "Finds out why people died."} | values
    )


def asks(career, slug, necessity="required", settings=(), **values):
    """A requirement of a career; `settings` are slugs, `country_id` is a code."""
    found = career.qualifications.create(
        **{"slug": slug, "necessity": necessity, "kind": "experience", "title": slug.capitalize(), "text": "Text."}
        | values
    )
    found.settings.set(Setting.objects.filter(slug__in=settings))
    return found


def does(career, slug, area="quality", settings=(), **values):
    """A duty of a career."""
    found = career.duties.create(**{"slug": slug, "area": area, "title": slug.capitalize(), "text": "Text."} | values)
    found.settings.set(Setting.objects.filter(slug__in=settings))
    return found


def says(career, slug, section="tip", settings=(), **values):
    """A passage of a career."""
    found = career.passages.create(
        **{"slug": slug, "section": section, "title": slug.capitalize(), "text": "Text."} | values
    )
    found.settings.set(Setting.objects.filter(slug__in=settings))
    return found


def source(slug, trust="primary", **values):
    given = {"title": slug.capitalize(), "publisher": "A clinic", "kind": "guidance", "licence": "CC0"}
    return Source.objects.get_or_create(slug=slug, defaults=given | {"trust": trust} | values)[0]


def cite(statement, slug, trust="primary", stance="supports"):
    """Tie a statement to the source `slug`, which is made if there is none."""
    field = next(one for one in STATEMENT_FIELDS if Citation._meta.get_field(one).related_model is type(statement))
    return Citation.objects.create(source=source(slug, trust), stance=stance, **{field: statement})


def dispute(slug, **sides):
    """A disagreement; `sides` maps the key of each side to the slugs of the sources that hold it."""
    found = Disagreement.objects.create(slug=slug, question=f"{slug.capitalize()}?", why="It matters.")
    for position, (key, slugs) in enumerate(sides.items()):
        side = found.sides.create(slug=key, text=f"{slug} says {key}.", position=position)
        for one in slugs:
            cite(side, one)
    return found


def credential(slug="xyl", **values):
    given = {"name": f"Certified {slug}", "abbreviation": slug.upper(), "issuer": "Board of xylophones"}
    return Credential.objects.create(
        **{"slug": slug, "summary": "For players.", "checked_on": CHECKED_ON} | given | values
    )


def fact(of, slug, kind="cost", **values):
    """A fact about the credential `of`."""
    return of.facts.create(**{"slug": slug, "kind": kind, "title": slug.capitalize(), "text": "Text."} | values)
