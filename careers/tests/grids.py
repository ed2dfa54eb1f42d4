"""What stands in the tables that set settings or careers side by side (templates/careers/_grid.html)."""

import re

from salaries.tests.pages import words


def columns(content):
    """The words of the header of every column, the corner included."""
    head = re.search(r"<thead.*?</thead>", content, re.DOTALL)[0]
    return [words(cell) for cell in re.findall(r"<th .*?</th>", head, re.DOTALL)]


def rows(content):
    """{(group, label of a row): [words of each cell]}"""
    found = {}
    for group in re.findall(r"<tbody.*?</tbody>", content, re.DOTALL):
        heading = words(re.search(r'<tr role="row" class="table__group".*?</tr>', group, re.DOTALL)[0])
        for row in re.findall(r'<tr role="row" class="compare__row.*?</tr>', group, re.DOTALL):
            label = re.search(r'role="rowheader">([^<]+)', row)[1]
            found[heading, label] = [words(cell) for cell in re.findall(r"<td .*?</td>", row, re.DOTALL)]
    return found


def verdicts(content):
    """{label of a row: its verdict}"""
    found = re.findall(r'role="rowheader">([^<]+)<span class="compare__verdict">([^<]+)</span>', content)
    return dict(found)


def differing(content):
    """The labels of the rows that are marked as different."""
    return re.findall(r'compare__row--differs">\s*<th [^>]*>([^<]+)', content)


def lead_to_statements(client, content):
    """Whether every link of the table's cells to a part of a page finds that part there; there must be some."""
    body = "".join(re.findall(r"<td .*?</td>", content, re.DOTALL))
    addresses = set(re.findall(r'href="(/[^"]+)#([^"]+)"', body))
    pages = {path: client.get(path).content.decode() for path in {path for path, _ in addresses}}
    return bool(addresses) and all(f'id="{anchor}"' in pages[path] for path, anchor in addresses)
