import re

import pytest
from markupsafe import escape

from careers.models import Career, Passage
from careers.profiles import WORDS_PER_MINUTE, Profile
from sources.choices import Stance, Trust
from sources.models import Citation, Disagreement, Side, Source

pytestmark = pytest.mark.django_db

CAREERS = [
    "medical-director",
    "chief-medical-officer",
    "vice-president-medical-affairs",
    "department-chair",
    "service-line-medical-director",
    "hospital-chief-executive",
]


def profile(slug="medical-director"):
    return Profile(Career.objects.get(slug=slug))


def parts(shown):
    """Every statement of a profile; the sides of a disagreement stand where its box does."""
    own = [
        shown.career,
        *shown.alternative_titles,
        *shown.settings,
        *shown.duties,
        *shown.qualifications,
        *shown.stages,
        *shown.passages,
        *shown.questions,
        *shown.related,
    ]
    boxes = [part.box for part in own if getattr(part, "box", None)]
    return own + [side for box in boxes for side in box.sides.all()]


def page(client, slug):
    return client.get(f"/careers/{slug}/").content.decode()


@pytest.fixture
def newcomer():
    """A career with nothing but a summary."""
    return Career.objects.create(slug="coroner", title="Coroner", summary="Finds out why people died.")


@pytest.mark.parametrize("slug", CAREERS)
def test_sources_are_numbered_in_the_order_of_the_page(slug, client):
    shown = page(client, slug)
    first_uses = list(dict.fromkeys(re.findall(r'href="#source-(\d+)"', shown)))

    assert first_uses == [str(number) for number in range(1, len(first_uses) + 1)]


@pytest.mark.parametrize("slug", CAREERS)
def test_every_numbered_source_is_listed_and_used(slug, client):
    shown = page(client, slug)

    assert set(re.findall(r'href="#source-(\d+)"', shown)) == set(re.findall(r'id="source-(\d+)"', shown))


@pytest.mark.parametrize("slug", CAREERS)
def test_every_citation_is_numbered_once(slug):
    shown = profile(slug)
    cited = [citation.pk for part in parts(shown) for _, citation in part.cited]

    concerned = [
        related.exclude(disagreement=None).values_list("disagreement", flat=True)
        for related in (
            shown.career.qualifications,
            shown.career.stages,
            shown.career.passages,
            shown.career.questions,
        )
    ]
    of_sides = Citation.objects.filter(side__disagreement__in={pk for pks in concerned for pk in pks})
    expected = [*Citation.objects.of_career(shown.career), *of_sides]
    assert sorted(cited) == sorted(citation.pk for citation in expected)


def test_number_leads_to_the_source_of_its_citation():
    shown = profile()
    cited = [(number, citation) for part in parts(shown) for number, citation in part.cited]

    assert cited
    assert all(shown.sources[number - 1] == citation.source for number, citation in cited)
    assert len(shown.sources) == len(set(shown.sources))


@pytest.mark.parametrize("slug", CAREERS)
def test_source_lists_the_statements_that_cite_it(slug):
    shown = profile(slug)
    uses = [(part, citation) for source in shown.sources for part, citation in source.uses]

    assert sorted(citation.pk for _, citation in uses) == sorted(
        citation.pk for part in parts(shown) for _, citation in part.cited
    )
    assert all(citation.source == source for source in shown.sources for _, citation in source.uses)
    assert all(citation in [one for _, one in part.cited] for part, citation in uses)


def test_source_list_leads_back_to_the_statements(client):
    """By way of the source's own page, which lists what rests on it, with the place in the source."""
    shown, content = profile(), page(client, "medical-director")
    entry = content.split('id="source-1"')[1].split('id="source-2"')[0]
    source = shown.sources[0]
    about = client.get(source.get_absolute_url()).content.decode()

    assert f"Used for {len(source.uses)} statement" in entry
    assert re.findall(r'href="([^"]+)"', entry) == [source.get_absolute_url()]
    assert all(f'href="{part.get_absolute_url()}"' in about for part, _ in source.uses)
    assert all(str(escape(citation.place)) in about for _, citation in source.uses)
    assert all(f'id="{part.anchor}"' in content for source in shown.sources for part, _ in source.uses)


def test_number_has_its_words_in_hidden_text_not_in_a_title(client):
    numbers = re.findall(r'<a href="#source-\d+"[^>]*>.*?</a>', page(client, "medical-director"))

    assert numbers
    assert not any("title=" in number for number in numbers)
    assert all(
        re.search(r'visually-hidden">(Source|Unverified source|Contradicted by source) <', number) for number in numbers
    )


@pytest.mark.parametrize("key", ["must-be-physician", "medical-degree", "board-certification"])
def test_disputed_entry_cites_both_sides(key):
    entries = [entry for entry in profile().qualifications if entry.slug == key]
    entries += [entry for entry in profile("hospital-chief-executive").qualifications if entry.slug == key]
    disputed = [entry for entry in entries if entry.necessity == "disputed"]

    assert disputed
    for entry in disputed:
        assert {citation.stance for _, citation in entry.cited} == {Stance.SUPPORTS, Stance.CONTRADICTS}


@pytest.mark.parametrize("slug", CAREERS)
def test_every_disputed_entry_cites_a_source_against_it(slug):
    for entry in profile(slug).qualifications:
        if entry.necessity == "disputed":
            assert Stance.CONTRADICTS in {citation.stance for _, citation in entry.cited}, entry.slug


def test_disputed_number_is_marked_for_eyes_and_ears(client):
    shown = page(client, "medical-director")
    entry = re.search(r'id="qualification-must-be-physician".*?</li>', shown, re.DOTALL)[0]

    assert "cites__number--against" in entry
    assert "Contradicted by source" in entry


@pytest.mark.parametrize("slug", CAREERS)
def test_contents_match_the_sections_of_the_page(slug, client):
    shown = page(client, slug)
    contents = re.search(r'<nav class="contents".*?</nav>', shown, re.DOTALL)[0]

    headings = [
        re.search(r'<h2 id="([^"]+)"', section)[1] for section in re.findall(r"<section\b.*?</h2>", shown, re.DOTALL)
    ]
    assert re.findall(r'href="#([^"]+)"', contents) == headings
    assert len(headings) == shown.count("<section") > 5


@pytest.mark.parametrize("slug", CAREERS)
def test_sections_are_no_landmarks(slug, client):
    """A section with a name of its own is a landmark, and a page with twenty of them has none."""
    assert re.findall(r"<section[^>]* aria-label", page(client, slug)) == []


def test_contents_leave_out_what_is_missing(newcomer, client):
    """Pay is never missing: the page says that no figure was found."""
    contents = re.search(r'<nav class="contents".*?</nav>', page(client, newcomer.slug), re.DOTALL)[0]

    assert [section.anchor for section in Profile(newcomer).sections] == ["pay"]
    assert re.findall(r'href="#([^"]+)"', contents) == ["pay", "sources"]


def test_unsourced_counts_statements_that_cite_nothing_or_only_sources_without_evidence(newcomer, client):
    def statement(slug, *trusts):
        passage = Passage.objects.create(career=newcomer, section="tip", slug=slug, title=slug, text="Do it.")
        for trust in trusts:
            Citation.objects.create(passage=passage, source=Source.objects.filter(trust=trust).first())

    statement("none")
    statement("unverified", Trust.UNVERIFIED)
    statement("secondary", Trust.SECONDARY)
    statement("both", Trust.UNVERIFIED, Trust.PRIMARY)
    shown = Profile(newcomer)

    assert {part.slug for part in shown.passages if part.unsourced} == {"none", "unverified"}
    assert (shown.unsourced_count, len(shown.statements)) == (3, 5)  # the career itself is a statement, too
    content = page(client, newcomer.slug)
    marked = [part.slug for part in shown.passages if ">unsourced<" in content.split(f'id="{part.anchor}"')[1][:300]]
    assert marked == ["none"]  # the number of an unverified page is marked itself


@pytest.mark.parametrize("slug", CAREERS)
def test_unsourced_count_stands_on_the_page(slug, client):
    shown = profile(slug)

    assert {*shown.statements} == {part for part in parts(shown) if not isinstance(part, Side)}
    told = f"{shown.unsourced_count} of {len(shown.statements)} statements" in page(client, slug)
    assert told == (shown.unsourced_count > 0)


def test_unsourced_count_of_the_director_is_not_nothing():
    assert profile().unsourced_count > 0


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (WORDS_PER_MINUTE * 2, 2), (WORDS_PER_MINUTE * 3 - 90, 3)])
def test_reading_time_is_computed_from_words(words, minutes):
    career = Career.objects.create(slug="coroner", title="Coroner", summary="Finds out.", introduction="word " * words)

    assert Profile(career).minutes == minutes


def test_reading_time_counts_answers_and_stages():
    shown = profile()
    longer = profile()
    longer.questions[0].answer += " word" * WORDS_PER_MINUTE * 2
    longer.stages[0].does += " word" * WORDS_PER_MINUTE * 2

    assert longer.minutes == shown.minutes + 4


def test_requirements_stand_from_required_to_disputed():
    labels = [label for label, _ in profile().requirements]

    assert labels == ["Required", "Usually asked", "Helpful", "Disputed"]


def test_skills_and_traits_stand_apart_from_requirements():
    shown = profile()
    formal = {entry.slug for _, entries in shown.requirements for entry in entries}
    personal = {entry.slug for _, entries in shown.personal for entry in entries}

    assert [label for label, _ in shown.personal] == ["Skills", "Traits and interests"]
    assert formal | personal == {entry.slug for entry in shown.qualifications}
    assert not formal & personal


def test_profile_takes_as_many_queries_however_long_it_is(django_assert_num_queries):
    career = Career.objects.get(slug="medical-director")
    sources = Source.objects.all()
    for number in range(30):
        disagreement = Disagreement.objects.create(slug=f"q-{number}", question="Title?", why="Text.")
        for made in (
            career.duties.create(slug=f"d-{number}", area="quality", title="Title", text="Text."),
            career.passages.create(
                slug=f"p-{number}", section="tip", title="Title", text="Text.", disagreement=disagreement
            ),
            disagreement.sides.create(slug="yes", text="Text."),
        ):
            Citation.objects.create(source=sources[number], **{made._meta.model_name: made})

    with django_assert_num_queries(15):
        shown = Profile(career)
        assert all([shown.minutes, shown.sections, shown.requirements, shown.unsourced_count])
    assert {one.slug for one in shown.disagreements.values()} >= {f"q-{number}" for number in range(30)}
