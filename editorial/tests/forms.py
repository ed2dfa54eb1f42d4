"""Filling in a form of the admin as a browser would, the hidden version included."""

from sources.models import Source
from tests.admin.pages import address, form_values


def opened(client, record, **query):
    """The values of the form of a record as it stands when it is opened."""
    page = client.get(address(type(record), "change", record.pk), query)
    assert page.status_code == 200
    return form_values(page)


def send(client, record, values, **changes):
    return client.post(address(type(record), "change", record.pk), values | changes)


def change(client, record, confirmed=False, **changes):
    """Open the form and save it with these changes; `confirmed` reads the warnings and saves once more."""
    response = send(client, record, opened(client, record), **changes)
    return send(client, record, form_values(response), confirmed="on") if confirmed else response


def why(**changes):
    """What a change of a published figure needs besides itself."""
    source = Source.objects.get(slug="geonames")
    return {"change_reason": "Table 3 gives base pay.", "change_source": source.pk} | changes


def complaints(response):
    """{field: message} of the form that came back."""
    assert response.status_code == 200
    return {name: " ".join(texts) for name, texts in response.context["adminform"].form.errors.items()}
