"""The two forms of an import: what is asked with the file, and what is sent once the preview has been read."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from sources.models import Source

SOURCE = "Where the new values stand. Needed when a published figure changes."
REASON = "Needed when the file changes anything that is public. Readers see it on the page of changes."


def reason_field():
    return forms.CharField(
        label="Reason", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=REASON
    )


class SourceField(forms.ModelChoiceField):
    def label_from_instance(self, source):
        """Short enough for the page: the longest title has 200 characters."""
        return Truncator(str(source)).chars(70)


def source_field():
    return SourceField(Source.objects.order_by("publisher", "title"), label="Source", required=False, help_text=SOURCE)


class FixedChoices:
    """The library asks for a format and a resource; here there is one of each."""

    def fix(self, *names):
        for name in names:
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, required=False, initial="0")

    def clean_format(self):
        return "0"

    def clean_resource(self):
        return "0"


class UploadForm(FixedChoices, ImportForm):
    field_order = ["import_file", "reason", "source", "only_try"]
    media = forms.Media()  # the library guesses the format in a script; here the file's content tells it

    reason = reason_field()
    source = source_field()
    only_try = forms.BooleanField(
        label="Only try", required=False, help_text="Show what would happen, and keep nothing of the file."
    )

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.fix("format", "resource")
        field = self.fields["import_file"]
        field.label = "File"
        field.widget.attrs["accept"] = ".csv,.xlsx"
        field.help_text = f"CSV or XLSX, at most {filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}."

    def clean_import_file(self):
        file, most = self.cleaned_data["import_file"], settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if file.size > most:
            raise forms.ValidationError(f"The file is larger than {filesizeformat(most)}. Split it.")
        return file


class ConfirmForm(FixedChoices, ConfirmImportForm):
    """Asks again for reason and source: only the preview shows whether they are needed."""

    field_order = ["reason", "source"]

    reason = reason_field()
    source = source_field()
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fix("format", "resource", "original_file_name")


class FormatForm(FixedChoices, ExportForm):
    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.fix("resource")
        self.fields["format"].choices = [one for one in self.fields["format"].choices if one[0]]
        self.fields["format"].initial = "0"

    def clean_format(self):
        return self.cleaned_data["format"]
