"""The page that sets two to four places side by side."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from careerguide.kept_pages.declaring import kept_page
from careerguide.pages import page_context
from salaries.comparison import Comparison
from salaries.views import TRAIL


@require_safe
@kept_page("city", "currency")
def compare(request):
    """The comparison; with fewer than two places, what it is for and a choice of places."""
    comparison = Comparison(request.GET)
    request.keep = not comparison.problems
    title = f"Compare {comparison.names}" if comparison.enough else "Compare places"
    about = page_context(
        title,
        "Medical director pay in two to four places side by side: figures, reasons for doubt, official statistics, "
        "price level and the places themselves.",
        TRAIL,
    )
    return render(request, "salaries/compare.html", {"comparison": comparison} | about)
