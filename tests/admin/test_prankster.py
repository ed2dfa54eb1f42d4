"""The admin as a prankster with an account meets it: whatever the address or the form holds, a polite answer."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from salaries.models import Area, SalaryFigure
from tests.admin.pages import IDS, OURS, address, changelist

pytestmark = pytest.mark.django_db

LOOKUPS = [
    "id__in=9223372036854775808",
    "pk__in=1,9223372036854775808",
    "pk=abc",
    "pk=9223372036854775808",
    "pk__gte=1e999999",
    "pk=%00",
    "nonsense=1",
    "nonsense__exact=1",
    "pk__regex=(",
    "p=abc",
    "p=99999999",
    "o=99.-99.abc",
    "_facets=x",
    "e=1",
    "all=",
]


@pytest.mark.parametrize("key", ["9" * 30, "9223372036854775808", "abc", "_00"])
def test_password_of_an_account_that_cannot_be_is_missed_politely(key, editor):
    assert editor.get(reverse("admin:auth_user_password_change", args=[key])).status_code in (302, 404)


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_search_takes_any_text(model, editor):
    for text in ("a" * 300, "a\0b", "word " * 300, "'\"%_\\", "ﬁ🩺"):
        assert editor.get(changelist(model), {"q": text}).status_code == 200, text


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_odd_lookup_is_answered_with_a_message(model, editor):
    amounts = ["amount__gte=1e999999", "amount=1e-999999", "amount__lt=NaN"] if model is SalaryFigure else []
    for lookup in LOOKUPS + amounts:
        savepoint = transaction.savepoint()  # PostgreSQL goes on after an error only from here, as tests share one
        response = editor.get(f"{changelist(model)}?{lookup}")
        transaction.savepoint_rollback(savepoint)
        assert response.status_code in (200, 302, 400), lookup
        if response.status_code == 302:
            assert response["Location"].startswith(changelist(model)) or "e=1" in response["Location"], lookup


@pytest.mark.parametrize("selected", ["abc", "1e5", "²"])
def test_action_on_a_record_that_cannot_be_gets_a_message(selected, editor):
    values = {"action": "delete_selected", "_selected_action": selected, "index": "0"}
    response = editor.post(changelist(Area), values, follow=True)

    assert response.redirect_chain == [(changelist(Area), 302)]
    assert "A value was too large or held a character that no text has." in response.content.decode()
    assert Area.objects.count() == 650


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_record_that_cannot_be_is_missed_politely(model, editor):
    for key in ("9" * 30, "9223372036854775808", "-9223372036854775809", "abc", "1e999999", "_00"):
        assert editor.get(address(model, "change", key)).status_code in (302, 404), key
    for page in ("delete", "history"):
        assert editor.get(address(model, page, "9223372036854775808")).status_code in (302, 404), page


@pytest.mark.parametrize("term", ["new", "a" * 300, "a\0b", ""])
def test_autocomplete_answers(term, editor):
    query = {"app_label": "salaries", "model_name": "salaryfigure", "field_name": "area", "term": term}
    response = editor.get(f"{reverse('admin:autocomplete')}?{urlencode(query)}")

    assert response.status_code == 200
    assert "results" in response.json()


def test_account_without_rights_sees_nothing(client):
    client.force_login(User.objects.create_user("helper", is_staff=True))

    assert {client.get(changelist(model)).status_code for model in OURS} == {403}
