"""Claims, counts, doubles and upkeep on both sides of each rule's line; in the manner of cases_of_copy.py."""

from datetime import timedelta

from editorial.tests.desk import plants
from editorial.tests.desk.plants import A_YEAR_AGO, TODAY, passage

DAY = timedelta(days=1)
ADDRESS = "https://example.org/a"
CHAIR = "A weekly meeting grows loud, and you chair it."
LONG = (
    "The work is spread over the week. " + "Each day brings a meeting, a chart and a decision about a colleague. " * 6
)
AAPL = "American Association for Physician Leadership"
SAYING = "Ask the outgoing director for the minutes of a whole year."
REASON = "It shows with many examples how a small unit measured its results and changed its habits."

CASES = {
    "law-without-country": (
        [passage("You must know HIPAA and Medicaid."), passage("The NHS asks for it.")],
        [
            passage("You must know HIPAA and Medicaid.", country_id="US"),
            passage("In the United States you must know HIPAA."),
            passage("In Maryland the Medicaid agency does it."),
            passage("An English trust of the NHS asks for it."),
        ],
    ),
    "growth-without-figure": (
        [
            passage("Demand is expected to grow a lot."),
            passage("There is a growing demand for directors."),
            plants.cited(passage("The market is projected to grow by 29% until 2033."), "unverified", "passage"),
        ],
        [
            plants.cited(passage("The market is projected to grow by 29% until 2033."), "primary", "passage"),
            passage("Unsourced: one article expects significant growth of demand."),
            passage("The post grows with whoever holds it. A growing child needs sleep."),
        ],
    ),
    "another-issuer": (
        [
            passage(f"To be a Certified Medical Director, pass an exam set by the {AAPL} (AAPL)."),
            plants.fact("eligibility", f"The CMD is granted by the {AAPL}."),
        ],
        [
            passage(f"The CPE comes from the Certifying Commission in Medical Management of the {AAPL}."),
            passage(f"The CMD is granted by ABPLM, not by the {AAPL}."),
            plants.fact("rejected-claim", f"The CMD is granted by the {AAPL}, says one page."),
            passage(f"Courses of the {AAPL} help."),
        ],
    ),
    "role-in-two-stages": (
        [
            plants.stages("You become chief medical officer.", "You are chief medical officer (CMO)."),
            plants.stages("A CMO.", "A CMO."),
        ],
        [
            plants.stages("You become chief medical officer.", "You are chief medical officer.", disagreement=True),
            plants.stages("You chair a department.", "You are chief medical officer."),
        ],
    ),
    "sides-not-told": (
        [plants.requirement("disputed"), plants.requirement(trust="secondary", stance="contradicts")],
        [
            plants.requirement("disputed", disagreement=True),
            plants.requirement(trust="secondary", stance="contradicts", disagreement=True),
            plants.requirement(trust="secondary"),
        ],
    ),
    "unverified-requirement": (
        [
            plants.requirement(),
            plants.requirement(trust="unverified"),
            plants.requirement(trust="primary", stance="contradicts"),
        ],
        [plants.requirement(trust="secondary"), passage("No requirement.")],
    ),
    "heading-not-kept": (
        [plants.question("What does a director do? And why do they own three phones?", LONG)],
        [
            plants.question("What does a director do? And why so many meetings?", LONG),
            plants.question("What does a director do? And why do they own three phones?", "Much."),
            plants.question("Who owns three phones?", LONG),
        ],
    ),
    "stated-count": (
        [
            plants.career_introduction("We’ve curated 17 courses for the way there."),
            plants.career_introduction("The work differs by setting. It has four settings and three stages."),
            passage("This page has ninety questions."),
            plants.list_purpose("ranked-courses", "Fifteen courses by relevance."),
            plants.list_purpose("early-career", "It has 20 courses to try."),
            plants.list_purpose("first-three", "These two titles."),
        ],
        [
            plants.career_introduction("We’ve curated 16 courses for the way there."),
            plants.career_introduction("It has five settings and three stages."),
            passage("We found two sources, and the report counts 12 courses and 70 questions."),
            plants.list_purpose("ranked-courses", "Sixteen courses by relevance."),
            plants.list_purpose("early-career", "It ends with two books that look beyond medicine."),
        ],
    ),
    "same-sentence": (
        [
            plants.twice(plants.elsewhere(SAYING), passage(f"Be early. {SAYING}")),
            passage(f"{SAYING} And again: no.\n\n{SAYING}"),
        ],
        [passage(SAYING), plants.twice(plants.elsewhere("Ask at interview."), passage("Ask at interview."))],
    ),
    "nearly-the-same": (
        [plants.twice(plants.reason(REASON, 101), plants.reason(REASON.replace("habits", "ways")))],
        [
            plants.twice(
                plants.reason(REASON, 101),
                plants.reason("It shows how a unit measured its own results at little cost."),
            )
        ],
    ),
    "same-heading": (
        [
            plants.twice(
                plants.question("Which papers must a surgeon show before an appointment?"),
                lambda: plants.Question.objects.create(
                    career=plants.director(),
                    slug="other",
                    question="Which papers must a surgeon show at an appointment?",
                ),
            ),
            plants.course(title="Leading Healthcare Quality and Safety"),
            passage("Other words.", title="Staying current"),
        ],
        [
            plants.question("How many hours does a surgeon work?"),
            plants.twice(
                plants.elsewhere("One.", title="A title that stands elsewhere"),
                passage("x", title="A title that stands elsewhere"),
            ),
        ],
    ),
    "restated-duty": (
        [
            plants.challenge("The need to be able to speak for the hospital."),
            plants.challenge_beside(
                "Chair the weekly safety meeting of the wards", "You chair weekly safety meetings of wards."
            ),
        ],
        [
            plants.challenge_beside("Chair the weekly safety meeting of the wards", CHAIR),
            plants.challenge_beside(
                "Chair peer review", "Colleagues whose review you chair may stop referring to you."
            ),
            passage("The need to be able to rest.", section="day"),
        ],
    ),
    "never-reviewed": ([plants.reviewed(None)], [plants.reviewed(TODAY)]),
    "stale-review": (
        [plants.reviewed(A_YEAR_AGO - DAY), plants.compared(A_YEAR_AGO - DAY)],
        [plants.reviewed(A_YEAR_AGO), plants.compared(A_YEAR_AGO), plants.reviewed(None)],
    ),
    "not-identified": (
        [plants.work(confidence="no-match")],
        [plants.work(confidence="verified"), plants.work(confidence="recalled")],
    ),
    "doubtful-identity": (
        [plants.work(confidence="recalled"), plants.course(confidence="weak-match")],
        [plants.work(confidence="verified"), plants.work(confidence="no-match")],
    ),
    "dead-link": (
        [
            plants.work(url=ADDRESS, url_dead_on=TODAY),
            plants.course(url=ADDRESS, url_dead_on=A_YEAR_AGO),
            plants.source(url=ADDRESS, url_dead_on=TODAY),
        ],
        [plants.work(url_dead_on=TODAY), plants.source(url=ADDRESS)],
    ),
    "link-never-opened": (
        [plants.work(url=ADDRESS), plants.source(url=ADDRESS, retrieved_on=None)],
        [
            plants.work(),
            plants.work(url=ADDRESS, url_checked_on=TODAY),
            plants.work(url=ADDRESS, url_dead_on=TODAY),
            plants.source(url=ADDRESS),
        ],
    ),
    "link-opened-long-ago": (
        [
            plants.course(url=ADDRESS, url_checked_on=A_YEAR_AGO - DAY),
            plants.source(url=ADDRESS, retrieved_on=A_YEAR_AGO - DAY),
        ],
        [
            plants.course(url=ADDRESS, url_checked_on=A_YEAR_AGO),
            plants.course(url=ADDRESS, url_checked_on=A_YEAR_AGO - DAY, url_dead_on=A_YEAR_AGO),
            plants.work(url=ADDRESS),
            plants.source(url=ADDRESS, retrieved_on=A_YEAR_AGO),
        ],
    ),
}
