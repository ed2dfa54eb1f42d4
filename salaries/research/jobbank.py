"""Canada: wages of the Job Bank for managers in health care, release of 2024."""

from django.utils.text import slugify

from salaries.research.tables import area, official_figure, read_table

SOURCE = "jobbank-wages-2024"
FILE = "canada-jobbank-noc30010.csv"
RELEASE = "2024"
POPULATION = "30010"

PROVINCES = {
    "Alberta": "AB",
    "British Columbia": "BC",
    "Manitoba": "MB",
    "New Brunswick": "NB",
    "Newfoundland and Labrador": "NL",
    "Nova Scotia": "NS",
    "Ontario": "ON",
    "Prince Edward Island": "PE",
    "Quebec": "QC",
    "Saskatchewan": "SK",
}
PERCENTILES = "The lowest and highest wage that the Job Bank gives are shown as p10 and p90, which they are roughly."
REPEATED = "All three wages equal those of the province: the Job Bank repeats them where a region has none of its own."


def rows(folder):
    return [row for row in read_table(folder / FILE) if row["release_year"] == RELEASE]


def is_province(row):
    return row["economic_region"] == row["province"]


def areas(table):
    """The country, the provinces, and then the economic regions in them."""
    found = [area_row(row) for row in table]
    order = ["country", "state", "economic-region"]
    return sorted(found, key=lambda row: (order.index(row["fields"]["kind"]), row["fields"]["slug"]))


def area_row(row):
    name = row["economic_region"]
    if row["province"] == "National":
        return area("canada", "Canada", "country", "CA", "CA", SOURCE)
    letters = PROVINCES[row["province"]]
    if is_province(row):
        return area(f"{slugify(name)}-ca", name, "state", "CA", f"CA-{letters}", SOURCE)
    name = f"{name.replace('--', '–')}, {letters}"
    province = f"{slugify(row['province'])}-ca"
    return area(slugify(name.replace("–", "-")), name, "economic-region", "CA", row["er_code"], SOURCE, [province])


def figures(table, area_slugs):
    provinces = {row["province"]: wages(row) for row in table if is_province(row)}
    return [figure_row(row, area_slugs[code_of(row)], provinces) for row in table]


def code_of(row):
    if row["province"] == "National":
        return "CA"
    return f"CA-{PROVINCES[row['province']]}" if is_province(row) else row["er_code"]


def wages(row):
    return [row[f"{name}_hourly_cad"] for name in ("low", "median", "high")]


def figure_row(row, area_slug, provinces):
    low, median, high = wages(row)
    repeated = not is_province(row) and provinces.get(row["province"]) == wages(row)
    return official_figure(
        f"jobbank-2024-{POPULATION}-{row['er_code'].lower()}",
        area_slug,
        POPULATION,
        SOURCE,
        amount=median,
        p10=low,
        p90=high,
        currency="CAD",
        currency_certain=True,
        period="hour",
        as_printed=median,
        city_as_printed=row["economic_region"],
        as_of=RELEASE,
        source_place=f"{row['er_code']}, NOC {POPULATION}, median wage",
        note=f"{PERCENTILES} {REPEATED}" if repeated else PERCENTILES,
    )
