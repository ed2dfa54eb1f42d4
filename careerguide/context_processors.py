from django.conf import settings

from careerguide.carrying import carried_by

SITE_NAME = "Medical Director Career Guide"


def site(request):
    """What every page needs: the site's name, and addresses made from the settings, never from the Host header."""
    return {
        "site_name": SITE_NAME,
        "canonical_url": settings.BASE_URL + request.path,
        "base_url": settings.BASE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "carried": carried_by(request),
    }
