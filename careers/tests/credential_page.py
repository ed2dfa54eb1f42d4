"""What the page of a credential tells."""

import re

from salaries.tests.pages import words


def kinds(content):
    """{kind: words under its heading}, in the order of the page."""
    parts = re.findall(r'<section class="section">\s*<h2 id="([^"]+)">[^<]*</h2>(.*?)</section>', content, re.DOTALL)
    return {kind: words(rest) for kind, rest in parts}


def row(content, term):
    """The words beside one term of the list at the top."""
    return words(re.search(rf"<dt>{term}</dt><dd>(.*?)</dd>", content, re.DOTALL)[1])
