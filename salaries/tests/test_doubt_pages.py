"""Where readers see doubt: the card of one figure, the list of known issues, and the rules on the page of methods."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from salaries import judgement
from salaries.choices import ROLE
from salaries.models import Acceptance, Area, Finding, SalaryFigure
from salaries.rules import RULES
from sources.choices import Confidence
from sources.models import Source

pytestmark = pytest.mark.django_db

THRESHOLDS = {
    "no-median": [],
    "ambiguous-currency": [],
    "far-from-the-role": ["more than 2.5 robust standard deviations", "or more than 2, if", "Needs 5 figures."],
    "same-currency-conflict": ["more than 4 times apart"],
    "foreign-currency": [],
    "far-from-the-median": ["more than 2.5 times, or less than 0.4 times"],
    "beyond-the-official-band": ["more than 2 times the highest p90", "less than 1/2 of the lowest p10"],
    "stale": ["more than 24 months ago"],
    "imprecise": ["above 20 percent"],
    "small-sample": ["fewer than 30 people"],
    "undated": [],
    "period-unstated": [],
    "no-origin": [],
    "single-source": [],
    "sample-unstated": [],
    "wider-class": [],
}
MARK = "<script>zq7('&\"</script>"
OPENCOURSER = "opencourser-career-2024"


def title_figure(slug):
    return SalaryFigure.objects.for_role(ROLE).get(area__slug=slug)


def change(slug, **values):
    """Change a figure and judge it; then as the page finds it."""
    SalaryFigure.objects.filter(pk=title_figure(slug).pk).update(**values)
    judgement.refresh()
    return title_figure(slug)


def plain(html):
    """What a reader sees of some HTML, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def page_of(client, record):
    return client.get(record.get_absolute_url()).content.decode()


def card(client, figure):
    """{term: what stands beside it} on the page of a figure."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page_of(client, figure), re.DOTALL)
    assert len(dict(pairs)) == len(pairs)
    return {plain(term): plain(text) for term, text in pairs}


def listed(content):
    """[(address of a figure, rule)] of the findings on a page of known issues, in order."""
    return re.findall(r'<h2 class="statement__title"><a href="([^"#]+)#([a-z-]+)">', content)


def accept(slug, rule, **values):
    values = {"reason": "The publisher confirmed it.", "source": Source.objects.get(slug="geonames")} | values
    acceptance = Acceptance.objects.create(figure=title_figure(slug), rule=rule, **values)
    judgement.refresh()
    return acceptance


# Known issues


@pytest.mark.parametrize("severity", ["exclude", "doubt"])
def test_every_open_finding_is_reached_from_page_to_page(severity, client):
    accept("toronto", "ambiguous-currency")
    found, query = [], f"?severity={severity}"
    while query:
        content = client.get(f"/known-issues/{query}").content.decode()
        found += listed(content)
        link = re.search(r'rel="next" href="([^"]+)"', content)
        query = link and unescape(link[1])
    wanted = Finding.objects.open().filter(severity=severity).select_related("figure")

    assert len(found) == len(set(found)) > 50
    assert set(found) == {(one.figure.get_absolute_url(), one.rule) for one in wanted}


def test_known_issues_are_all_open_findings(client):
    accept("toronto", "ambiguous-currency")
    found = [one.pk for one in client.get("/known-issues/").context["page"].paginator.object_list]

    assert sorted(found) == sorted(Finding.objects.open().values_list("pk", flat=True))


def test_worst_findings_come_first_and_those_about_the_title_before_others(client):
    content = client.get("/known-issues/").content.decode()
    found = listed(content)
    title = {figure.get_absolute_url() for figure in SalaryFigure.objects.for_role(ROLE)}
    about = [address in title for address, rule in found if rule == "far-from-the-role"]

    assert found[0] == (title_figure("toronto").get_absolute_url(), "ambiguous-currency")
    assert {RULES[rule].severity for _, rule in found} == {"exclude"}
    assert about == [True] * 3
    assert plain(content).count("Not ranked") >= 50


@pytest.mark.parametrize(
    ("query", "conditions", "sentence"),
    [
        ("", {}, "{} open findings, the worst first."),
        ("?severity=doubt", {"severity": "doubt"}, "{} open findings of severity “doubt”, the worst first."),
        (
            "?severity=exclude",
            {"severity": "exclude"},
            "{} open findings of severity “not ranked”, the worst first.",
        ),
        ("?rule=undated", {"rule": "undated"}, "{} open findings by the rule “No date”, the worst first."),
        (
            "?rule=beyond-the-official-band",
            {"rule": "beyond-the-official-band"},
            "{} open finding by the rule “Beyond the official band”, the worst first.",
        ),
        (
            "?rule=same-currency-conflict&severity=doubt",
            {"rule": "same-currency-conflict", "severity": "doubt"},
            "{} open findings of severity “doubt” by the rule “Conflict within one currency”, the worst first.",
        ),
        (
            "?rule=undated&severity=doubt",
            {"rule": "undated", "severity": "doubt"},
            "{} open findings of severity “doubt” by the rule “No date”, the worst first.",
        ),
    ],
)
def test_known_issues_are_filtered_and_counted(query, conditions, sentence, client):
    content = client.get(f"/known-issues/{query}").content.decode()
    wanted = Finding.objects.open().filter(**conditions)
    found = Finding.objects.filter(rule__in=[rule for _, rule in listed(content)])

    assert sentence.format(f"{wanted.count():,}") in plain(content)
    assert len(listed(content)) == min(50, wanted.count())
    assert all(getattr(one, name) == value for one in found for name, value in conditions.items())


def test_known_issues_without_a_match_say_so_and_offer_a_way_on(client):
    content = client.get("/known-issues/?rule=undated&severity=doubt").content.decode()

    assert "No open finding of this kind." in content
    assert 'href="?severity=doubt">Without “Rule: No date”' in content
    assert 'href="?rule=undated">Without “Severity: Doubt”' in content


@pytest.mark.parametrize(
    ("query", "name", "problem"),
    [
        ("rule=nothing", "rule", "“nothing” is no rule here, so it was ignored."),
        ("rule=Undated", "rule", "“Undated” is no rule here, so it was ignored."),
        ("severity=clear", "severity", "“clear” is no severity here, so it was ignored."),
        ("severity=grave%00", "severity", "“grave” is no severity here, so it was ignored."),
        ("severity=%3Cb%3E", "severity", "“<b>” is no severity here, so it was ignored."),
    ],
)
def test_wrong_value_is_named_and_the_rest_counts(query, name, problem, client):
    other = "severity=note" if name == "rule" else "rule=undated"
    response = client.get(f"/known-issues/?{query}&{other}")
    content = response.content.decode()

    assert response.status_code == 200
    assert f"{name}: {problem}" in plain(content)
    assert {RULES[rule].severity for _, rule in listed(content)} == {"note"}
    assert "<b>" not in content


@pytest.mark.parametrize(("page", "number"), [("99999", "last"), ("0", "last"), ("abc", 1), ("2", 2)])
def test_page_out_of_range_is_the_first_or_last(page, number, client):
    shown = client.get(f"/known-issues/?page={page}").context["page"]

    assert shown.number == (shown.paginator.num_pages if number == "last" else number)


def test_pages_keep_the_filters(client):
    content = client.get("/known-issues/?rule=wider-class&page=2").content.decode()

    assert 'rel="next" href="?rule=wider-class&amp;page=3"' in content


def test_accepted_finding_is_no_known_issue(client):
    address = "/known-issues/?rule=far-from-the-role"
    before = listed(client.get(address).content.decode())
    accept("shanghai", "far-from-the-role")
    after = listed(client.get(address).content.decode())

    assert set(before) - set(after) == {(title_figure("shanghai").get_absolute_url(), "far-from-the-role")}
    assert len(after) == 2


@pytest.mark.parametrize("query", ["", "?rule=undated", "?severity=note&page=3", "?rule=x"])
def test_known_issues_ask_twice(query, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(f"/known-issues/{query}")


def test_known_issue_leads_to_its_place_on_the_card(client):
    address, rule = listed(client.get("/known-issues/?severity=doubt").content.decode())[0]

    assert f'id="{rule}"' in client.get(address).content.decode()


# The card of a figure


@pytest.mark.parametrize("slug", ["bengaluru", "delhi", "london", "new-york", "toronto"])
def test_card_gives_every_reason_whole(slug, client):
    figure = title_figure(slug)
    text = plain(page_of(client, figure))

    for one in figure.findings.all():
        assert f"{one.about.title} {one.get_severity_display()} {plain(one.sentence)}" in text
    assert figure.get_confidence_display() in text


def test_card_without_reasons_says_so(client):
    figure = title_figure("paris")
    figure.findings.all().delete()
    SalaryFigure.objects.filter(pk=figure.pk).update(confidence=Confidence.CLEAR)

    assert "No reason for doubt found No rule found a reason for doubt. Reasons for doubt No rule found any." in plain(
        page_of(client, figure)
    )


def test_card_of_a_figure_that_is_fully_stated(client):
    Source.objects.filter(slug=OPENCOURSER).update(
        title="Pay", publisher="P", published="2025-06", retrieved_on=date(2026, 3, 4), licence="CC0", trust="primary"
    )
    Source.objects.filter(slug=OPENCOURSER).update(attribution="Pay, by P.")
    figure = change(
        "paris",
        **{"p10": 90_000, "p25": 120_000, "p75": 170_000, "p90": 200_000, "mean": Decimal("155000.50")},
        **{"employment": 1234, "employment_error": Decimal("5.30"), "wage_error": Decimal("20.00"), "sample_size": 0},
        **{"period": "month", "basis": "survey", "as_of": "2025-05", "covers": "Gross.", "source_place": "row 7"},
    )

    assert card(client, figure) == {
        "Describes": "this title: medical director",
        "Place": "Paris, France (city)",
        "Printed as": "€150,000 under “Paris”",
        "Median": "EUR 150,000",
        "p10, p25": "EUR 90,000, EUR 120,000",
        "p75, p90": "EUR 170,000, EUR 200,000",
        "Mean": "EUR 155,000.50",
        "Currency": "EUR, Euro, certain",
        "Pay period": "a month",
        "Kind": "Survey",
        "Gross or net, full-time or part-time, what is included": "Gross.",
        "Sample size": "0",
        "People in such posts": "1,234, standard error 5.3%",
        "Relative standard error of the wage": "20%",
        "Source": "Pay (P), row 7",
        "Trust in the source": "Primary: the body that makes or knows the fact",
        "Figure as of": "2025-05",
        "Source published": "2025-06",
        "Read by us on": "2026-03-04",
        "Licence": "CC0",
        "Required attribution": "Pay, by P.",
        "Earlier values": "none on record",
        "Id of this figure": "medical-director-paris-opencourser",
    }


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("p10, p25", "unstated, unstated"),
        ("p75, p90", "unstated, unstated"),
        ("Mean", "unstated"),
        ("Pay period", "unstated; read as a year wherever figures are compared"),
        ("Gross or net, full-time or part-time, what is included", "unstated"),
        ("Sample size", "unstated"),
        ("People in such posts", "unstated"),
        ("Relative standard error of the wage", "unstated"),
        ("Figure as of", "unstated"),
        ("Source published", "unstated"),
        ("Read by us on", "unstated"),
        ("Earlier values", "none on record"),
    ],
)
def test_card_says_what_is_unstated(term, text, client):
    Source.objects.filter(slug=OPENCOURSER).update(published="", retrieved_on=None)

    assert card(client, title_figure("new-york"))[term] == text


def test_card_says_what_is_not_certain(client):
    assert card(client, title_figure("toronto"))["Currency"] == "CAD, Canadian Dollar, not certain"


@pytest.mark.parametrize(
    ("withheld", "median", "why"),
    [
        ("at-least", "at or above USD 239,200", "Only known to be at or above a bound"),
        ("not-released", "not released", "Not released by the publisher"),
    ],
)
def test_card_of_a_withheld_median(withheld, median, why, client):
    found = card(client, SalaryFigure.objects.filter(withheld=withheld, area__country="US").first())

    assert (found["Median"], found["Median withheld"]) == (median, why)


def test_card_of_a_wider_class_says_whom_it_describes(client):
    figure = SalaryFigure.objects.get(slug="oews-2025-11-9111-0100001")

    assert card(client, figure)["Describes"] == (
        f"medical and health services managers, class 11-9111 of {figure.population.classification}; "
        "not medical directors"
    )
    assert plain(figure.population.about) in plain(page_of(client, figure))


def test_card_lists_earlier_values_of_the_same_publisher_newest_first(client):
    figure = change("paris", as_of="2025", source_place="")
    for as_of, amount in (("2020", 120_000), ("2023-05", 140_000), ("2026", 190_000)):
        earlier = title_figure("paris") if as_of == "2020" else SalaryFigure.objects.get(slug="earlier-2020")
        earlier.pk, earlier._state.adding = None, True
        earlier.slug, earlier.as_of, earlier.amount = f"earlier-{as_of}", as_of, amount
        earlier.save()

    assert card(client, figure)["Earlier values"] == "EUR 140,000 as of 2023-05; EUR 120,000 as of 2020"


def test_accepted_finding_stays_on_the_card_with_reason_and_source(client):
    acceptance = accept("toronto", "ambiguous-currency", sentence="“$1” may mean another currency.")
    content = page_of(client, title_figure("toronto"))
    sentence = "“$293,000” may mean another currency than CAD."

    assert (
        f"Currency not certain: accepted {sentence} "
        f"Accepted on {acceptance.accepted_on:%Y-%m-%d}: The publisher confirmed it. {acceptance.source} "
        "When it was accepted, the finding read: “$1” may mean another currency."
    ) in plain(content)
    assert f'href="{acceptance.source.get_absolute_url()}"' in content
    assert "Notes only" in plain(content)


def test_accepted_finding_that_reads_as_before_is_not_repeated(client):
    accept("paris", "undated", sentence="The source gives no date: nobody can tell how old the figure is.")
    text = plain(page_of(client, title_figure("paris")))

    assert text.count("nobody can tell how old the figure is") == 1
    assert "When it was accepted" not in text


@pytest.mark.parametrize("contact", ["editors@example.org", ""])
def test_mail_is_filled_in(contact, client, settings):
    settings.CONTACT_EMAIL = contact
    figure = title_figure("delhi")
    content = page_of(client, figure)
    link = urlsplit(unescape(re.search(r'href="(mailto:[^"]*)"', content)[1]))
    fields = parse_qs(link.query, strict_parsing=True)

    assert (link.scheme, link.path) == ("mailto", contact)
    assert "+" not in link.query  # mail programs show it as it is
    assert fields == {
        "subject": ["Error in figure medical-director-delhi-opencourser"],
        "body": [
            "Figure: medical-director-delhi-opencourser\n"
            f"{settings.BASE_URL}/salaries/figures/medical-director-delhi-opencourser/\n"
            "It says: Delhi: INR 3,900,000\n\nWhat is wrong, and which source says so:\n"
        ],
    }
    assert ("This site names no address for reports" in content) == (not contact)


def test_mail_holds_any_name(client):
    Area.objects.filter(slug="delhi").update(name="A & B?subject=x\r\nBcc: y")
    link = urlsplit(unescape(re.search(r'href="(mailto:[^"]*)"', page_of(client, title_figure("delhi")))[1]))

    assert list(parse_qs(link.query, strict_parsing=True)) == ["subject", "body"]
    assert "It says: A & B?subject=x\r\nBcc: y: INR 3,900,000" in parse_qs(link.query)["body"][0]


@pytest.mark.parametrize("kind", ["city", "metropolitan", "nonmetropolitan", "economic-region", "state", "country"])
def test_card_leads_to_the_row_in_the_table(kind, client):
    figure = SalaryFigure.objects.filter(area__kind=kind).first()
    link = re.search(r'href="([^"]+)">This figure in the table', page_of(client, figure))[1]

    assert f'<tr role="row" id="{figure.slug}"' in client.get(unescape(link)).content.decode()


@pytest.mark.parametrize("path", ["nothing", "MEDICAL-DIRECTOR-DELHI-OPENCOURSER", "a" * 300])
def test_card_of_no_figure_is_missed_with_a_way_on(path, client):
    response = client.get(f"/salaries/figures/{path}/")

    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


@pytest.mark.parametrize("slug", ["medical-director-delhi-opencourser", "oews-2025-11-9111-0100001"])
def test_card_asks_four_times(slug, client, django_assert_num_queries):
    with django_assert_num_queries(4):  # the figure, its findings, what was accepted, earlier values
        client.get(f"/salaries/figures/{slug}/")


def test_card_asks_no_more_for_more_acceptances(client, django_assert_num_queries):
    for rule in ("undated", "no-origin", "single-source"):
        accept("delhi", rule)
    with django_assert_num_queries(4):
        client.get("/salaries/figures/medical-director-delhi-opencourser/")


@pytest.mark.parametrize(
    "address", ["figure", "/known-issues/?rule=no-origin", "/known-issues/?rule=ambiguous-currency"]
)
def test_hostile_text_is_shown_as_text(address, client):
    Source.objects.filter(slug=OPENCOURSER).update(title=MARK, publisher=MARK, licence=MARK, attribution=MARK)
    Area.objects.filter(slug="toronto").update(name=MARK)
    accept("toronto", "undated", reason=MARK, sentence=MARK)
    figure = change("toronto", as_printed=MARK, city_as_printed=MARK, source_place=MARK, note=MARK)
    content = client.get(figure.get_absolute_url() if address == "figure" else address).content.decode()

    assert "<script>zq7" not in content
    assert MARK in unescape(content)
    assert not re.search(r'="[^"]*zq7\(\'', content)  # no attribute ends early


# The rules on the page of methods


def test_thresholds_are_asked_of_every_rule():
    assert list(THRESHOLDS) == list(RULES)


def test_every_rule_stands_on_the_page_of_methods(client):
    content = client.get("/method/").content.decode()
    rows = dict(re.findall(r'<div id="rule-([a-z-]+)">(.*?)</div>', content, re.DOTALL))

    assert list(rows) == list(RULES)
    for name, rule in RULES.items():
        assert plain(rows[name]).startswith(f"{rule.title} {rule.severity_label}{rule.says}"), name
        assert f'class="confidence confidence--{rule.severity}"' in rows[name], name
        assert all(limit in plain(rows[name]) for limit in THRESHOLDS[name]), name


def test_counts_of_rules_lead_to_their_open_findings(client):
    accept("paris", "undated")
    content = client.get("/method/").content.decode()
    links = re.findall(r'<a href="(/known-issues/\?rule=([a-z-]+))">([\d,]+) open', content)

    assert [rule for _, rule, _ in links] == list(RULES)
    for address, rule, count in links:
        assert f"{count} open finding" in plain(client.get(address).content.decode()), rule
        assert int(count.replace(",", "")) == Finding.objects.open().filter(rule=rule).count(), rule
    assert ("/known-issues/?rule=undated", "undated", "14") in links


def test_page_of_methods_counts_at_once(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/method/")
