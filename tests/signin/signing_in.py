"""How the tests of this folder sign in."""

import re

LOGIN = "/admin/login/"
NAME = "edith"
PASSWORD = "seven green bicycles"  # longer than the 15 characters that the site asks for
HERE = "192.0.2.1"


def sign_in(client, password=PASSWORD, name=NAME, address=HERE, headers=None, **fields):
    values = {"username": name, "password": password} | fields
    return client.post(LOGIN, values, headers=headers, REMOTE_ADDR=address)


def fail(client, times, **options):
    """The status of each of so many wrong tries."""
    return [sign_in(client, password=f"wrong {number}", **options).status_code for number in range(times)]


def is_signed_in(client):
    return client.get("/admin/").status_code == 200


def shown(response):
    """The page without what differs from one answer to the next."""
    text = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
