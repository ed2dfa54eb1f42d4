"""Plans as an address asks for them."""

from django.http import QueryDict

from careerguide.plan import Plan

ONE_OF_EACH = (
    "stage=medical-director.mid&gap=medical-director.prior-leadership&work=kotter-leading-change"
    "&course=patient-safety-vii&credential=cmd&city=delhi"
)


def plan(query):
    return Plan(QueryDict(query))


def page(client, query):
    return client.get(f"/plan/?{query}", follow=True).content.decode()
