"""One address of each kind of page that the site has."""

MISSING = "/no-such-page/"
DIRECTOR = "/careers/medical-director/"
READINESS = f"{DIRECTOR}readiness/"
# Twelve items, two of each kind.
PLAN = (
    "/plan/?stage=medical-director.mid&stage=medical-director.senior"
    "&gap=medical-director.license&gap=medical-director.management-degree"
    "&work=kotter-leading-change&work=donabedian-evaluating-quality&course=vbc-capstone&course=patient-safety-vii"
    "&credential=cmd&credential=halm&city=delhi&city=new-york"
)
KINDS_OF_PAGE = {
    "home": "/",
    "careers": "/careers/",
    "profile": DIRECTOR,
    "profile of one place": f"{DIRECTOR}?setting=nursing-facility&country=US",
    "second profile": "/careers/chief-medical-officer/",
    "settings": f"{DIRECTOR}settings/",
    "settings, two": f"{DIRECTOR}settings/?setting=hospital&setting=insurer&setting=moon",
    "readiness": READINESS,
    "readiness answered": f"{READINESS}?setting=nursing-facility&country=US&q-license=no&q-management-degree=unsure",
    "readiness answered wrong": f"{READINESS}?q-license=maybe&q-nothing=have&country=XX",
    "careers compared, none": "/careers/compare/",
    "careers compared, four": "/careers/compare/?career=medical-director&career=chief-medical-officer"
    "&career=vice-president-medical-affairs&career=service-line-medical-director",
    "credentials": "/credentials/",
    "credential": "/credentials/cmd/",
    "disagreements": "/disagreements/",
    "plan empty": "/plan/",
    "plan": PLAN,
    "plan with problems": "/plan/?work=nothing&city=delhi~zzz&plan=zzzzz",
    "plan carried along": "/careers/?plan=zzzzz",
    "reading": "/reading/",
    "work": "/reading/edwards-peer-review-study/",
    "course": "/reading/vbc-capstone/",
    "list": "/reading/lists/first-three/",
    "salaries": "/salaries/",
    "salaries with filters and a problem": "/salaries/?country=IN&q=india&min=abc&ordering=-median",
    "salaries empty": "/salaries/?city=delhi&min=9000000",
    "salaries converted": "/salaries/?basis=converted&ordering=-median",
    "salaries by purchasing power": "/salaries/?basis=ppp&population=11-9111&population=title&state=texas-us",
    "city": "/salaries/cities/bengaluru/",
    "city with official bands": "/salaries/cities/new-york/",
    "metropolitan area": "/salaries/cities/abilene-tx/",
    "figure": "/salaries/figures/medical-director-bengaluru-opencourser/",
    "compare none": "/salaries/compare/",
    "compare two": "/salaries/compare/?city=delhi&city=bengaluru",
    "compare four": "/salaries/compare/?city=delhi&city=bengaluru&city=london&city=new-york",
    "part-time": "/salaries/part-time/?salary=265930&share=90&hours=4&hours_per=week&weeks=52&rate=146&currency=USD",
    "known issues": "/known-issues/",
    "changes": "/changes/",
    "sources": "/sources/",
    "source": "/sources/opencourser-career-2024/",
    "method": "/method/",
    "search": "/search/?q=medical",
    "gallery": "/gallery/",
    "missing": MISSING,
}
