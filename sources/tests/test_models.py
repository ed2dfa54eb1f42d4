import pytest
from django.core.exceptions import ValidationError

from careers.models import Career
from sources.choices import Stance
from sources.models import STATEMENT_FIELDS, Citation, Source
from tests.constraints import check_both_sides, check_uniqueness, names, refused_by

pytestmark = pytest.mark.django_db

SIDES = [
    (Source, "source_has_title", {"title": ""}, {"title": "A title"}),
    (Source, "source_has_publisher", {"publisher": ""}, {"publisher": "A publisher"}),
    (Source, "source_has_licence", {"licence": ""}, {"licence": "CC BY 4.0"}),
    (Source, "source_kind_known", {"kind": "rumor"}, {"kind": "law"}),
    (Source, "source_trust_known", {"trust": ""}, {"trust": "primary"}),
    (Citation, "citation_stance_known", {"stance": "doubts"}, {"stance": "contradicts"}),
]
NO_PART_OF_A_CAREER = {"credential", "credential_fact", "side", "work", "course"}


@pytest.fixture
def source():
    return Source.objects.create(
        slug="leaflet", title="A leaflet", publisher="A clinic", kind="guidance", licence="CC0", trust="primary"
    )


def cited_by(field):
    """A stored citation of this kind of statement."""
    return Citation.objects.filter(**{f"{field}__isnull": False}).first()


def test_constraints_are_all_tested():
    once = {f"citation_once_per_source_and_{field}" for field in STATEMENT_FIELDS}

    assert {name for _, name, _, _ in SIDES} | once | {"citation_of_exactly_one_statement"} == names(Source, Citation)


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    check_both_sides(model, name, broken, valid)


@pytest.mark.parametrize("field", STATEMENT_FIELDS)
def test_citation_stands_once(field, source):
    check_uniqueness(cited_by(field), f"citation_once_per_source_and_{field}", {}, {"source": source})


@pytest.mark.parametrize("field", STATEMENT_FIELDS)
def test_citation_of_one_statement_saves(field, source):
    statement = cited_by(field).statement

    assert Citation.objects.create(source=source, **{field: statement}).statement == statement


@pytest.mark.parametrize("fields", [[], ["career", "work"], ["duty", "passage"], STATEMENT_FIELDS])
def test_citation_of_none_or_several_statements_is_refused(fields, source):
    statements = {field: cited_by(field).statement for field in fields}

    with refused_by(Citation, "citation_of_exactly_one_statement"):
        Citation.objects.create(source=source, **statements)


def test_citation_of_two_statements_tells_the_editor(source):
    citation = Citation(source=source, career=cited_by("career").career, work=cited_by("work").work)

    with pytest.raises(ValidationError, match="exactly one statement"):
        citation.full_clean()


@pytest.mark.parametrize("field", STATEMENT_FIELDS)
def test_citation_names_its_kind_of_statement(field):
    citation = cited_by(field)

    assert citation.statement_field == field
    assert citation.natural_key()[:3] == (citation.source.slug, citation.stance, field)


@pytest.mark.parametrize(("place", "text"), [("", "A leaflet (A clinic)"), ("page 3", "A leaflet (A clinic), page 3")])
def test_citation_text(place, text, source):
    assert str(Citation(source=source, place=place)) == text


def test_source_address(source):
    assert source.get_absolute_url() == "/sources/leaflet/"


def test_source_in_use_cannot_be_deleted():
    cited = Citation.objects.first().source

    with pytest.raises(Exception, match="protected foreign keys"):
        cited.delete()


def test_source_use_count_counts_every_kind_of_use():
    source = Source.objects.with_use_count().get(slug="opencourser-career-2024")
    uses = [source.citations, source.salary_figures, source.areas, source.city_aliases]
    uses += [source.exchange_rates, source.price_levels]

    assert source.use_count == sum(use.count() for use in uses)
    assert source.salary_figures.count() == 15


def test_citations_of_a_career_are_those_of_its_parts_too():
    career = Career.objects.get(slug="medical-director")
    found = Citation.objects.of_career(career)

    assert {citation.statement_field for citation in found} == set(STATEMENT_FIELDS) - NO_PART_OF_A_CAREER
    assert all(career in (citation.statement, getattr(citation.statement, "career", None)) for citation in found)


def test_stance_defaults_to_support(source):
    assert Citation(source=source).stance == Stance.SUPPORTS
