from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from careerguide.kept_pages.declaring import kept_page
from careerguide.pages import page_context
from careers.choices import CredentialFactKind
from careers.models import Credential
from editorial.visibility import published_or_404, tells_if_withdrawn

TRAIL = ("Credentials", reverse_lazy("careers:credentials"))

# What a reader asks of any credential: shown even if nothing is known, in the words of that state.
ASKED_OF_ALL = {
    CredentialFactKind.ELIGIBILITY: "not researched",
    CredentialFactKind.EXAMINATION: "not researched",
    CredentialFactKind.VALIDITY: "not researched",
    CredentialFactKind.COST: "not researched",
    CredentialFactKind.DEADLINE: "not researched",
    CredentialFactKind.LEGAL_FORCE: "no law found that asks for it",
}


@require_safe
@kept_page()
def credentials(request):
    context = {"credentials": Credential.objects.published().for_list()}
    about = page_context(
        "Credentials",
        "Certificates for physician leaders: issuer, who may apply, cost, deadlines, and what the law asks.",
    )
    return render(request, "careers/credentials.html", context | about)


@require_safe
@tells_if_withdrawn
@kept_page()
def credential(request, slug):
    found = published_or_404(Credential.objects.with_facts(), slug=slug)
    by_kind = {kind: [fact for fact in found.facts.all() if fact.kind == kind] for kind in CredentialFactKind}
    kinds = [
        (kind, facts, ASKED_OF_ALL.get(kind, "")) for kind, facts in by_kind.items() if facts or kind in ASKED_OF_ALL
    ]
    about = page_context(str(found), found.summary, TRAIL)
    return render(request, "careers/credential.html", {"credential": found, "kinds": kinds} | about)
