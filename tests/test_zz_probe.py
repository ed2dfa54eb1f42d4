import pytest
from django.http import QueryDict
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from careers.filters import CareerFilter
from readinglist.filters import ReadingFilter
from readinglist.models import *
from salaries.filters import SalaryFilter
from salaries.models import City
from careers.models import *
pytestmark = pytest.mark.django_db
def test_p(client, admin_user):
    print()
    for q in ["q=CMO","q=chair","setting=moon&q=cmo","q=affairs+VPMA","q=VPMA","q=malpractice","q=cmd"]:
        f = CareerFilter(QueryDict(q)); print(q, [c.slug for c in f.qs], f.sentence(3))
    for q in ["free=1","kind=course&free=1","kind=book&free=1&level=hard&list=first-three&q=x&stage=mid&topic=quality-measurement"]:
        f = ReadingFilter(QueryDict(q)); print(q, [w.slug for w in f.qs], [w.slug for w in f.courses], f.sentence(1,1), f.active)
    for q in ["city=delhi&country=IN","country=IN&country=GB","country=IN","career=x","population=x","basis=x","career=medical-director&population=title&basis=printed&currency=printed&ordering=city","min=3e5","q=UK","q=USA","q=GB","q=U.S.","q=us","q=usa+new", "city=delhi&city=london&country=IN&country=GB", "q=a%00b", "min=1.50", "min=300000.00&max=3.5E%2B5"]:
        f = SalaryFilter(QueryDict(q)); print(q, " ".join(x.city.slug for x in f.figures), f.sentence(1), dict(f.active), f.problems, f.query(), [c.label for c in f.chips])
    client.force_login(admin_user)
    from django.contrib.auth.models import User, Group
    Group.objects.create(name="Editors")
    from sources.models import Source
    for o in [ReadingList.objects.get(slug="described-works"), ReadingList.objects.get(slug="ranked-courses"), Career.objects.get(slug="medical-director"), City.objects.get(slug="bengaluru"), Career.objects.get(slug="coroner") if 0 else Career.objects.get(slug="department-chair"), ReadingList.objects.get(slug="first-three"), City.objects.get(slug="delhi"), admin_user, Group.objects.first()]:
        with CaptureQueriesContext(connection) as c:
            r = client.get(reverse(f"admin:{o._meta.app_label}_{o._meta.model_name}_change", args=[o.pk]))
        print(o, r.status_code, len(c), [i.formset.initial_form_count() for i in r.context["inline_admin_formsets"]])
        for q in c.captured_queries: print("      ", q["sql"][:150])
    for q in ["medical", "chief", "career", "a", "early"]:
        r = client.get("/search/", {"q": q}); print(q, {g["label"]: (g["count"], [str(x) for x in g["found"]][:7]) for g in r.context["groups"]}, r.context["total"])
    for u in ["/search/?q=a%00b","/salaries/?q=a%00b&min=1%002","/careers/?q=a%00b","/reading/?q=a%00b"]:
        c = client.get(u).content; print(u, b"\0" in c, b'value="ab"' in c)
