"""United States: Occupational Employment and Wage Statistics of the Bureau of Labor Statistics, May 2025."""

import re

from django.core.management.base import CommandError
from django.utils.text import slugify

from salaries.research.tables import area, official_figure, read_table

SOURCE = "bls-oews-2025"
FILES = ["us-oews-2025-11-9111.csv", "us-oews-2025-physicians.csv"]
AS_OF = "2025-05"
COVERS = "Wages of employees; the self-employed are left out."
BOUND = "239200"  # USD a year: above it the publisher may give no figure
KINDS = {"national": "country", "state": "state", "metro": "metropolitan", "nonmetro": "nonmetropolitan"}

# FIPS codes of states and territories, and the letters of ISO 3166-2 after "US-".
STATES = dict(
    pair.split("=")
    for pair in [
        "01=AL",
        "02=AK",
        "04=AZ",
        "05=AR",
        "06=CA",
        "08=CO",
        "09=CT",
        "10=DE",
        "11=DC",
        "12=FL",
        "13=GA",
        "15=HI",
        "16=ID",
        "17=IL",
        "18=IN",
        "19=IA",
        "20=KS",
        "21=KY",
        "22=LA",
        "23=ME",
        "24=MD",
        "25=MA",
        "26=MI",
        "27=MN",
        "28=MS",
        "29=MO",
        "30=MT",
        "31=NE",
        "32=NV",
        "33=NH",
        "34=NJ",
        "35=NM",
        "36=NY",
        "37=NC",
        "38=ND",
        "39=OH",
        "40=OK",
        "41=OR",
        "42=PA",
        "44=RI",
        "45=SC",
        "46=SD",
        "47=TN",
        "48=TX",
        "49=UT",
        "50=VT",
        "51=VA",
        "53=WA",
        "54=WV",
        "55=WI",
        "56=WY",
        "66=GU",
        "72=PR",
        "78=VI",
    ]
)


def rows(folder):
    return [row for name in FILES for row in read_table(folder / name)]


def areas(table):
    """One area for each that the table names; states first, for the others lie in them."""
    named = {(row["area_type"], row["area_code"]): row for row in table}
    states = {row["state_fips"]: state_slug(row) for kind, row in kinds(named) if kind == "state"}
    found = [area_row(kind, row, states) for kind, row in kinds(named)]
    return sorted(found, key=lambda row: (list(KINDS.values()).index(row["fields"]["kind"]), row["fields"]["slug"]))


def kinds(named):
    return ((kind, row) for (kind, _), row in named.items())


def state_slug(row):
    return f"{slugify(row['area'])}-us"


def area_row(kind, row, states):
    name, code, within = row["area"], row["area_code"], []
    if kind == "national":
        slug, name, code = "united-states", "United States", "US"
    elif kind == "state":
        slug, code = state_slug(row), f"US-{STATES[row['state_fips']]}"
    else:
        slug = slugify(name)
        letters = re.search(r", ([A-Z]{2}(?:-[A-Z]{2})*)$", name)
        fips = {letters: fips for fips, letters in STATES.items()}
        codes = [fips[one] for one in letters[1].split("-")] if letters else [row["state_fips"]]
        if row["state_fips"] not in codes:
            raise CommandError(f"{name}: the table says state {row['state_fips']}, the name says {codes}.")
        within = [states[code] for code in codes]
    return area(slug, name, KINDS[kind], "US", code, SOURCE, within)


def figures(table, area_slugs):
    """`area_slugs` maps the publisher's area code to our slug."""
    return [figure_row(row, area_slugs[code_of(row)]) for row in table]


def code_of(row):
    """The code under which `area_row` filed the area."""
    special = {"national": "US", "state": f"US-{STATES.get(row['state_fips'])}"}
    return special.get(row["area_type"], row["area_code"])


def figure_row(row, area_slug):
    withheld = {"": "", "not_released": "not-released", "no_figure_wage_at_or_above_239200": "at-least"}
    why = withheld[row["median_note"]]
    footnote = {"": "", "not-released": ", footnote 8", "at-least": ", footnote 5"}[why]
    return official_figure(
        f"oews-2025-{row['soc']}-{code_of(row).lower()}",
        area_slug,
        row["soc"],
        SOURCE,
        amount=row["median"],
        p10=row["p10"],
        p25=row["p25"],
        p75=row["p75"],
        p90=row["p90"],
        mean=row["mean_annual"],
        withheld=why,
        at_least=BOUND if why == "at-least" else "",
        employment=int(row["employment"]) if row["employment"] else None,
        employment_error=row["employment_rse_pct"],
        wage_error=row["wage_rse_pct"],
        currency="USD",
        currency_certain=True,
        period="year",
        covers=COVERS,
        as_printed=row["median"] or "-",
        city_as_printed=row["area"],
        as_of=AS_OF,
        source_place=f"area {row['area_code']}, occupation {row['soc']}, all industries, annual median{footnote}",
    )
