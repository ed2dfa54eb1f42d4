"""Who comes in: the forms that ask for it, the page of a locked name, and a line in the log for each event.

Tries are counted by django-axes; its settings stand in settings.py. No line holds a password, a code, a cookie
or a session's key, and a name that somebody typed stands there as %r writes it.
"""

import logging
import math
from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.signals import user_locked_out
from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.dispatch import receiver
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from careerguide.addresses import client_address
from careerguide.pages import page_context

log = logging.getLogger(__name__)


class SignInForm(AdminAuthenticationForm):
    """Name and password. Every refusal is counted and noted, also of a right password without the right to come in."""

    username = UsernameField(
        max_length=User._meta.get_field("username").max_length,
        widget=forms.TextInput(attrs={"autofocus": True, "autocapitalize": "none"}),
    )
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "Username or password is wrong, or the account is not an editor’s. "
        "Mind small and capital letters.",
    }

    def confirm_login_allowed(self, user):
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            self.count_as_wrong(user)
            raise

    def count_as_wrong(self, user):
        """Count a try that failed after the password was found right: Django tells of the others."""
        credentials = {"username": user.get_username()}
        user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)


class CodeSignInForm(SignInForm):
    """... and a one-time code. The answer never tells which of the three was wrong."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="The six digits that your authenticator app shows now.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    error_messages = SignInForm.error_messages | {
        "invalid_login": "Username, password or code is wrong, or the account is not an editor’s. Mind small and "
        "capital letters. A code works once and for half a minute: wait for the next one, then try again.",
    }

    def clean_code(self):
        code = "".join(self.cleaned_data["code"].split())  # apps show it as 123 456
        if not (code.isascii() and code.isdigit() and len(code) == 6):
            raise ValidationError("Write the six digits that your authenticator app shows.")
        return code

    def clean(self):
        if "code" not in self.cleaned_data:  # else an empty code would tell whether the password is right
            return self.cleaned_data
        cleaned = super().clean()
        user = self.get_user()
        if user:
            user.otp_device = device_that_shows(self.cleaned_data["code"], user)
            if not user.otp_device:
                self.count_as_wrong(user)
                raise self.get_invalid_login_error()
        return cleaned


def device_that_shows(code, user):
    """The user's device (TOTPDevice) if the code is its own, of now, and was not used before; else None."""
    from django_otp import devices_for_user, verify_token  # only there if settings.ADMIN_MFA

    tried = (verify_token(user, device.persistent_id, code) for device in devices_for_user(user))
    return next(filter(None, tried), None)


def locked_page(request, response, credentials):
    """The answer once a name is locked for an address; see settings.AXES_LOCKOUT_CALLABLE."""
    [attempts] = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    until = last + get_cool_off(request)
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    whole_minute = (until + timedelta(minutes=1)).replace(second=0, microsecond=0)
    context = {"minutes": math.ceil(seconds / 60), "until": whole_minute, "limit": settings.AXES_FAILURE_LIMIT}
    about = page_context("Sign-in is locked for a while", "Too many tries to sign in failed.")
    response = render(request, "login_locked.html", context | about, status=429)
    response.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


class NotedPasswordLength(MinimumLengthValidator):
    """Django tells validators of every new password, wherever it was set; this one notes for whom."""

    def password_changed(self, password, user):
        log.info("Password set: %r", user.get_username())


@receiver(user_logged_in)
def note_sign_in(request, user, **kwargs):
    log.info("Signed in: %r from %s", user.get_username(), client_address(request))


@receiver(user_logged_out)
def note_sign_out(request, user, **kwargs):
    if user:
        log.info("Signed out: %r from %s", user.get_username(), client_address(request))


@receiver(user_login_failed)
def note_refusal(credentials, request=None, **kwargs):
    if not getattr(request, "axes_locked_out", False):  # then the line below says it
        place = client_address(request) if request else "this machine"
        log.warning("Sign-in refused: %r from %s", credentials.get("username"), place)


@receiver(user_locked_out)
def note_lock(request, username, **kwargs):
    log.warning("Sign-in locked: %r from %s", username, client_address(request))
