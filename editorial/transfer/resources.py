"""What can be carried out of the site and back into it as a spreadsheet: figures, works, courses."""

import gc
from contextlib import contextmanager

from django.db import DataError, IntegrityError, OperationalError, transaction
from import_export.resources import ModelResource

from editorial.saving.attempts import slips
from editorial.transfer import saving
from editorial.transfer.checking import Check
from editorial.transfer.columns import RelationColumn, TiesColumn, column_of
from editorial.transfer.plans import Plan
from editorial.transfer.sheets import Unreadable
from readinglist.models import Course, Work
from salaries import judgement
from salaries.models import SalaryFigure

REFUSED_AT_LAST = (
    "The database refused the import: somebody saved the same at the same time, or two rows exchange what only one may "
    "have. Nothing was imported. Upload the file again and compare."
)


BUSY = "Nothing was imported: others are saving at the same time. Import it again in a minute."


def silent(stage, done, total):
    pass


@contextmanager
def uncollected():
    """Every object made inside lives to the end: looking for dead ones again and again took a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class ContentResource(ModelResource):
    """One kind of record. Export is the library's; the import checks all rows in memory, then writes all or none."""

    WRITTEN_ONCE = ()  # columns that only a new record may fill

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        return column_of(django_field)

    @property
    def model(self):
        return self._meta.model

    @property
    def columns(self):
        """{name: Column} in the order of an export."""
        return {name: self.fields[name] for name in self._meta.fields}

    def filter_export(self, queryset, **kwargs):
        kinds = self.columns.values()
        joins = [one.name for one in kinds if isinstance(one, RelationColumn) and not isinstance(one, TiesColumn)]
        return queryset.select_related(*joins).prefetch_related(
            *(one.name for one in kinds if isinstance(one, TiesColumn))
        )

    def clean(self, record):
        """Raise ValidationError for what no single column shows. Must not ask the database."""
        record.clean()

    def warnings(self, before, after):
        """Sentences on what an editor should look at twice before a record becomes another."""
        return []

    def taken_elsewhere(self, slugs):
        """{slug: why a new record cannot have it}"""
        return {}

    def import_data(
        self, dataset, dry_run=False, *, user=None, reason="", source=None, seen=None, progress=silent, **kwargs
    ):
        """The Plan of a Sheet; unless it is only tried, refused, or not what was `seen`, it is carried out as well.

        Without a user it is the command line that asks, which may do everything.
        """
        plan = Plan([])
        try:
            with uncollected(), transaction.atomic():
                if not dry_run:
                    judgement.stand_in_line(self.model is SalaryFigure)
                plan = Check(self, dataset, user, progress, lock=not dry_run).plan()
                if not (dry_run or plan.has_errors() or plan.lacks(reason, source) or seen not in (None, plan.digest)):
                    saving.carry_out(plan, self, user, reason, source, progress)
                    plan.imported = True
        except Unreadable as error:
            plan.objection = str(error)
        except OperationalError:
            plan.imported, plan.objection = False, BUSY
        except (IntegrityError, DataError):
            plan.imported, plan.objection = False, REFUSED_AT_LAST
        return plan


class FigureResource(ContentResource):
    WRITTEN_ONCE = ("as_printed", "city_as_printed")

    class Meta:
        model = SalaryFigure
        import_id_fields = ["slug"]
        fields = ["slug", "status", "career", "area", "population", "amount", "p10", "p25", "p75", "p90", "mean"]
        fields += ["withheld", "at_least", "employment", "employment_error", "wage_error", "sample_size", "currency"]
        fields += ["currency_certain", "period", "basis", "covers", "as_printed", "city_as_printed", "as_of"]
        fields += ["source", "source_place", "note"]

    def warnings(self, before, after):
        return slips(*({"as_of": one.as_of, "amount": one.amount} for one in (before, after)))


class ItemResource(ContentResource):
    """Works and courses: they answer at the same addresses, so a slug of one is closed to the other."""

    OTHER = None

    def clean(self, record):
        pass  # the model's own looks for the slug in the database; `taken_elsewhere` does so for all rows at once

    def taken_elsewhere(self, slugs):
        taken = self.OTHER.objects.filter(slug__in=slugs).values_list("slug", flat=True)
        kind = self.OTHER._meta.verbose_name
        return dict.fromkeys(taken, f"A {kind} already has this address. Choose another.")


ITEM = [
    "language",
    "level",
    "level_note",
    "topics",
    "keywords",
    "url",
    "url_basis",
    "url_checked_on",
    "url_dead_on",
    "access",
]
ITEM += ["confidence", "doubts", "evidence"]


class WorkResource(ItemResource):
    OTHER = Course

    class Meta:
        model = Work
        import_id_fields = ["slug"]
        fields = ["slug", "status", "title", "subtitle", "kind", "authors", "author_role", "issuing_body", "year"]
        fields += ["edition", "publisher", "container", "isbn13", "isbn13_note", "doi", "doi_note", "why_it_fits"]
        fields += ["match_strength", "alternates", *ITEM]


class CourseResource(ItemResource):
    OTHER = Work

    class Meta:
        model = Course
        import_id_fields = ["slug"]
        fields = ["slug", "status", "title", "platform", "institution", "instructor", "series", "skill_area", "rank"]
        fields += ITEM


RESOURCES = {"figures": FigureResource, "works": WorkResource, "courses": CourseResource}
