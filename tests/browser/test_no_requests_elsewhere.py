"""Whatever page a reader opens, nobody else hears of it, and nothing outlives the tab.

htmx keeps the address of the current view in `sessionStorage`, which is gone with the tab and never sent to anybody.
"""

import pytest

STORED = "() => [document.cookie, ...Object.keys(localStorage)].filter(Boolean)"


@pytest.mark.parametrize("with_scripts", [True, False])
def test_pages_ask_only_this_site_and_store_nothing(new_page, site, visit_all, with_scripts):
    page = new_page(java_script_enabled=with_scripts)
    requests, stored = [], []
    page.on("request", lambda request: requests.append(request.url))

    for name, response in visit_all(page):
        stored += [f"{name}: {header}" for header in ("set-cookie", "set-cookie2") if header in response.all_headers()]
        stored += [f"{name}: {what}" for what in page.evaluate(STORED)]

    assert requests
    assert [address for address in requests if not address.startswith(f"{site}/")] == []
    assert stored == []
    assert page.context.cookies() == []


def test_filtering_stores_nothing(page):
    page.goto("/salaries/")
    page.get_by_role("checkbox", name="Delhi 1").check()
    page.wait_for_url("**/salaries/?city=delhi*")

    assert page.evaluate(STORED) == []
    assert page.context.cookies() == []
