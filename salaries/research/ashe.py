"""United Kingdom: Annual Survey of Hours and Earnings of the Office for National Statistics, 2024 provisional."""

from salaries.research.tables import area, official_figure, read_table

SOURCE = "ons-ashe-2024"
FILE = "uk-ashe-2024-health-managers-doctors.csv"
JOBS = "full-time employee jobs"
CODES = ["1171", "1231", "2211", "2212"]  # the other classes of the file have nothing to do with health care
COVERS = "Gross annual pay of full-time employee jobs."
SUPPRESSED = "The median and every percentile are suppressed; the mean alone is published."


def rows(folder):
    return [row for row in read_table(folder / FILE) if row["jobs"] == JOBS and row["soc2020"] in CODES]


def areas(table):
    return [area("united-kingdom", "United Kingdom", "country", "GB", "GB", SOURCE)]


def figures(table, area_slugs):
    return [figure_row(row, area_slugs["GB"]) for row in table]


def figure_row(row, area_slug):
    median = row["median_gbp"]
    return official_figure(
        f"ashe-2024-{row['soc2020']}-gb",
        area_slug,
        row["soc2020"],
        SOURCE,
        amount=median,
        p10=row["p10_gbp"],
        p25=row["p25_gbp"],
        p75=row["p75_gbp"],
        p90=row["p90_gbp"],
        mean=row["mean_gbp"],
        withheld="" if median else "not-released",
        employment=1000 * int(row["jobs_thousand"]) if row["jobs_thousand"] else None,
        wage_error=row["median_cv_pct"] or row["mean_cv_pct"],
        currency="GBP",
        currency_certain=True,
        period="year",
        as_printed=median or "(no value)",
        city_as_printed="United Kingdom",
        as_of=row["year"],
        source_place=f"tables 14.7a and 14.7b, SOC {row['soc2020']}",
        covers=COVERS,
        note="" if median else SUPPRESSED,
    )
