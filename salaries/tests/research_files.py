"""Invented research files of a few rows, and the fixtures made from them."""

import csv
import json
import re

import pytest
from django.core.management import CommandError, call_command

from salaries.research.printed import PRINTED

FILES = ["careers.country.json", "salaries.area.json", "salaries.pricelevel.json", "salaries.salaryfigure.json"]
OEWS = "us-oews-2025-11-9111.csv"
PHYSICIANS = "us-oews-2025-physicians.csv"
JOBBANK = "canada-jobbank-noc30010.csv"
ASHE = "uk-ashe-2024-health-managers-doctors.csv"
PRICES = "ppp-worldbank.csv"
SEEDS = "seed-salary-assessment.csv"
CITIES = "cities-geonames.csv"

AREA = {"area_type": "metro", "area_code": "11111", "area": "Springfield-Shelbyville, IL-IN", "state_fips": "17"}
WAGES = {"soc": "11-9111", "employment": "120", "employment_rse_pct": "4.5", "mean_annual": "100", "wage_rse_pct": "2"}
WAGES |= {"p10": "60", "p25": "70", "median": "80", "p75": "90", "p90": "95", "median_note": ""}
NO_MEDIAN = {"p10": "60", "p25": "", "median": "", "p75": "", "p90": ""}
STATE = {"area_type": "state", "state_fips": "17", "area_code": "1700000", "area": "Illinois"}
INDIANA = {"area_type": "state", "state_fips": "18", "area_code": "1800000", "area": "Indiana"}
REGION = {"er_code": "ER3599", "province": "Ontario", "economic_region": "Lake--Woods", "release_year": "2024"}
PROVINCE = {"er_code": "ER35", "province": "Ontario", "economic_region": "Ontario", "release_year": "2024"}
NATION = {"er_code": "ER00", "province": "National", "economic_region": "Canada", "release_year": "2024"}
HOURLY = {"low_hourly_cad": "10.5", "median_hourly_cad": "20.25", "high_hourly_cad": "30"}
JOBS = {"year": "2024", "jobs": "full-time employee jobs", "soc2020": "2212", "jobs_thousand": "3"}
POUNDS = {"median_gbp": "80", "median_cv_pct": "4.5", "mean_gbp": "85", "mean_cv_pct": "6", "p10_gbp": "50"}
POUNDS |= {"p25_gbp": "60", "p75_gbp": "90", "p90_gbp": "99"}
SUPPRESSED = dict.fromkeys(POUNDS, "") | {"mean_gbp": "85", "mean_cv_pct": "14"}
PRICE = {"country_iso2": "IN", "year": "2025", "indicator": "PA.NUS.PRVT.PP", "value": "19.8"}
DELHI = {"seed_city": "Delhi", "geonames_id": "1", "country_iso2": "IN", "country": "India", "currency": "INR"}
DELHI |= {"admin1_code": "07", "latitude": "28.5", "longitude": "77.25", "population": "10", "timezone": "Asia/Kolkata"}

TABLES = {
    OEWS: [
        {**WAGES, "area_type": "national", "area_code": "0000000", "area": "National", "state_fips": "00"},
        {**WAGES, **AREA},
        {**WAGES, **STATE},
        {**WAGES, **INDIANA},
    ],
    PHYSICIANS: [
        {**WAGES, **AREA, "soc": "29-1229", **NO_MEDIAN, "median_note": "no_figure_wage_at_or_above_239200"},
        {**WAGES, **AREA, "soc": "29-1243", **NO_MEDIAN, "median_note": "not_released", "employment": ""},
        {**WAGES, "area_type": "nonmetro", "area_code": "1800001", "area": "South Indiana nonmetropolitan area"}
        | {"state_fips": "18", "soc": "29-1229"},
    ],
    JOBBANK: [
        {**HOURLY, **NATION},
        {**HOURLY, **PROVINCE},
        {**HOURLY, **REGION},
        {**HOURLY, **REGION, "release_year": "2020"},
    ],
    ASHE: [
        {**JOBS, **POUNDS},
        {**JOBS, **SUPPRESSED, "soc2020": "1171", "jobs_thousand": ""},
        {**JOBS, **POUNDS, "soc2020": "1111"},
        {**JOBS, **POUNDS, "jobs": "all employee jobs"},
    ],
    PRICES: [
        PRICE,
        {**PRICE, "indicator": "PA.NUS.PRVT.PLI", "value": "22.7"},
        {**PRICE, "indicator": "PA.NUS.FCRF", "value": "87"},
        {**PRICE, "country_iso2": "FR", "year": "2023"},
    ],
    SEEDS: [
        {"city": city, "currency_assumed": "INR", "seed_annual_local": re.sub(r"\D", "", printed)}
        for city, _, printed in PRINTED
    ],
    CITIES: [
        {**DELHI, "seed_city": "Tel Aviv", "geonames_id": "2", "country_iso2": "IL", "country": "Israel"},
        DELHI,
        {**DELHI, "seed_city": "London", "geonames_id": "3", "country_iso2": "GB", "country": "United Kingdom"},
    ],
}


class Research:
    """The invented research files, to be changed, and the fixtures made from them."""

    def __init__(self, path):
        self.folder, self.to = path / "research", path / "fixtures"
        self.folder.mkdir()
        self.to.mkdir()
        for name, rows in TABLES.items():
            self.write(name, rows)

    def write(self, name, rows):
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)

    def make(self):
        call_command("make_salary_fixtures", self.folder, to=self.to, verbosity=0)
        return {name: self.rows(name) for name in FILES}

    def rows(self, name):
        return json.loads((self.to / name).read_text(encoding="utf-8"))

    def refused(self):
        """What a refusal says; nothing is written then."""
        with pytest.raises(CommandError) as refusal:
            self.make()
        assert list(self.to.iterdir()) == []
        return str(refusal.value)


def by_slug(rows):
    found = {row["fields"]["slug"]: row["fields"] for row in rows}
    assert len(found) == len(rows)
    return found
