"""Fields of the admin's forms that Django lacks."""

from django import forms


class LinesField(forms.CharField):
    """Text of several lines, which browsers end with CR and LF: it is read as stored texts are, with LF alone."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
