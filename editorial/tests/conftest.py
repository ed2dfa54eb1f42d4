import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


def account(name, group):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor_account(db):
    return account("ada", "Editor")


@pytest.fixture
def publisher_account(db):
    return account("grace", "Publisher")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(editor_account):
    """A browser in which an editor is signed in."""
    return signed_in(editor_account)


@pytest.fixture
def publisher(publisher_account):
    """Another browser, in which a publisher is signed in."""
    return signed_in(publisher_account)
