"""Broken copy and wrong spelling, and what is like it but right: {rule: ([what it finds], [what passes])}."""

from editorial.tests.desk import plants
from editorial.tests.desk.plants import passage

CASES = {
    "missing-verb": (
        [
            passage("It helpful start for a new director."),
            passage("A sound report. It must-have on the shelf."),
            passage("They responsible for quality."),
        ],
        [
            passage("It is a helpful start. This helpful start pays."),
            passage("They credential physicians. It went well. They vary. We enable others."),
            passage("You can make it possible. It matters; they give reasons."),
        ],
    ),
    "stray-punctuation": (
        [
            passage("Night cover:\n\n.\n\nIt takes planning."),
            passage("Two  spaces."),
            passage("A space before , a comma."),
            passage("The end.. Is it"),
            passage("First,, then."),
            passage("Listening:People notice."),
        ],
        [
            passage("Dr. A., B. Jr., and so on, etc., said so."),
            passage("Wait … then 3.5, e.g., or i.e., or “so.”"),
            passage("- one\n- two\n\n1. three"),
            passage("At 10:30; a ratio of 1:2."),
        ],
    ),
    "unbalanced": (
        [
            passage("It is open (to all."),
            passage("Said “so and left."),
            passage('A "quote.'),
            passage("[One](/careers/) ]"),
        ],
        [
            passage("Open (to all) and “said”, by the director’s 5' rule."),
            passage('A "quote" and [a link](/careers/).'),
        ],
    ),
    "unfinished": (
        [passage("TODO: write."), passage("Lorem ipsum dolor."), passage("<p>Text</p>"), passage("Itâ€™s torn.")],
        [passage("What is to do? Less than 5 < 6 and p > 0.05."), passage("A [link](/careers/) stands here.")],
    ),
    "torn-numbering": (
        [
            passage("First, the ward: know it.\n\n2. The plan: make it.\n\n3. Rest."),
            passage("1. One\n2. Two\n4. Four"),
        ],
        [
            passage("First, look.\n\n1. One\n2. Two"),
            passage("1. One\n2. Two\n\nThen again:\n\n1. Three\n2. Four"),
            passage("In 2024. It was 15. Then 7 of them."),
        ],
    ),
    "empty-message": (
        [
            plants.list_purpose("described-works", "We haven't chosen any titles yet."),
            passage("Coming soon."),
        ],
        [passage("No course is needed. Nothing is settled yet; we found no count.")],
    ),
    "words-of-another-page": (
        [
            passage("Nobody is promoted for this course alone."),
            passage("Where this course leads is told there."),
            plants.list_purpose("first-three", "What this course teaches."),
            passage("Pay differs. Tell a friend."),
            passage("Read more"),
        ],
        [
            passage("A course helps if this course is taught by people who led."),
            plants.reason("This book argues the case at length."),
            passage("Those who read more than that are rare."),
        ],
    ),
    "instruction-to-a-writer": (
        [
            passage("Introduce the role in one paragraph."),
            passage("It matters. Discuss their week."),
            passage("Explain how a director spends the day."),
            passage("1. Outline the various paths."),
            passage("Emphasize the importance of rest."),
        ],
        [
            passage("Explain how the change came about in your own unit."),
            passage("Discuss the budget with the finance director."),
            passage("Introduce an electronic health record."),
            passage("Define one measure, and discuss it each month."),
            passage("Fine.", title="Explain the role"),
        ],
    ),
    "repeated-heading": (
        [
            passage("What does a director do?\n\nMuch.", title="What does a director do?"),
            passage("**Pay**\n\nMuch.", title="Pay"),
        ],
        [passage("Budgets grow.", title="Budgets"), passage("Much.", title="What does a director do?")],
    ),
    "misspelled-place": (
        [passage("A posting in Bengalaru names none.")],
        [passage("A posting in Bengaluru names none."), passage("The page prints “Bengalaru”.")],
    ),
    "british-spelling": (
        [passage("The programme has a centre."), passage("Organisations recognise it."), passage("Labour costs rise.")],
        [
            passage("The program has a center; programmed for specialists in oncology."),
            passage("A Royal College of Paediatrics and the Labour Party."),
            passage("The report calls it “organisation”, *paediatric care*."),
        ],
    ),
}
