"""A setting and a country as an address names them, and the profile shown for them."""

from urllib.parse import urlencode

from django.http import QueryDict

from careers.where import AskedWhere


def asked(query):
    return AskedWhere(QueryDict(query))


def where(setting="", country=""):
    return asked(urlencode({"setting": setting, "country": country})).where


def page(client, career, query=""):
    return client.get(f"{career.get_absolute_url()}{query}").content.decode()
