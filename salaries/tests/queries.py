"""What query strings ask for, without the page around it."""

from django.http import QueryDict

from salaries.comparison import Comparison
from salaries.filters import SalaryFilter

COMPARE = "/salaries/compare/"
INDIA = "?city=delhi&city=bengaluru"
FOUR = "?city=london&city=new-york&city=delhi&city=toronto"
UNITED_STATES = "?city=austin&city=new-york&city=seattle&city=san-francisco"


def asked(query):
    return SalaryFilter(QueryDict(query))


def cities(query):
    """The slugs of the cities that a query shows, in order."""
    return [figure.area.slug for figure in asked(query).figures]


def comparison(query):
    return Comparison(QueryDict(query.lstrip("?")))
