"""Every address that takes parameters, with their names, and texts that no page may repeat as they are."""

PLACES = ["q", "city", "state", "country", "min", "max"]
OF_FIGURES = ["confidence", "career", "population", "basis", "currency", "ordering"]
OF_PAY = ["salary", "share", "hours", "hours_per", "weeks", "rate", "stipend", "currency"]
OF_READING = ["q", "kind", "topic", "level", "stage", "free", "list"]
OF_PLAN = ["plan", "stage", "gap", "work", "course", "credential", "city"]
FIGURE = "/salaries/figures/medical-director-bengaluru-opencourser/"
PARAMETERS = {
    "/careers/": ["q", "stage", "setting", "plan"],
    "/careers/vice-president-medical-affairs/": ["setting", "country", "plan"],
    "/careers/medical-director/settings/": ["setting", "plan"],
    "/careers/medical-director/readiness/": ["setting", "country", "q-license", "q-nothing", "q-", "plan"],
    "/careers/compare/": ["career", "plan"],
    "/credentials/": ["q", "plan"],
    "/credentials/cmd/": ["q", "plan"],
    "/disagreements/": ["q", "plan"],
    "/plan/": OF_PLAN,
    "/reading/": [*OF_READING, "plan"],
    "/reading.bib": OF_READING,
    "/reading.ris": OF_READING,
    "/reading.csl.json": OF_READING,
    "/salaries/": [*PLACES, *OF_FIGURES, "page"],
    "/salaries.csv": [*PLACES, *OF_FIGURES],
    "/salaries.json": [*PLACES, *OF_FIGURES],
    "/salaries/compare/": ["city", "currency"],
    "/salaries/part-time/": OF_PAY,
    FIGURE: ["q", "page"],
    "/known-issues/": ["rule", "severity", "page"],
    "/search/": ["q"],
}
ADDRESSES = list(PARAMETERS)
CALENDAR = "/plan.ics"  # not found unless it has a deadline to tell
PARAMETERS[CALENDAR] = OF_PLAN
MARK = "zq7"  # begins every text below that would be seen if it came back unescaped
ECHO = [
    f"<script>{MARK}</script>",
    f'"><img src=x onerror={MARK}>',
    f"' onfocus={MARK} x='",
    f"</title><b>{MARK}</b>",
    f"javascript:{MARK}",
    f"{MARK}\r\nSet-Cookie: a=b",
]
