"""What the HTML of a disagreement holds, on whatever page it stands."""

import re


def sides(html):
    """The HTML of each side."""
    return re.findall(r'<li class="sides__side">.*?</li>', html, re.DOTALL)
