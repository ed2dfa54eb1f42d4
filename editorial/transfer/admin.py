"""Import and export on the change lists of figures, works and courses: mixins for their admins."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin

from editorial.models import Upload
from editorial.transfer.formats import CSV, XLSX, Spreadsheet
from editorial.transfer.forms import ConfirmForm, FormatForm, UploadForm
from editorial.transfer.resources import CourseResource, FigureResource, WorkResource
from editorial.transfer.sheets import Unreadable
from editorial.transfer.storage import UploadStorage

GONE = "The uploaded file is gone: it was imported already, or an hour has passed. Upload it again."
OTHERWISE = "Nothing was imported yet. The table has changed since your preview: look again at what would happen."


class TransferMixin(ImportExportMixin):
    """The library's pages, with a preview that names every change and an import of everything or nothing."""

    import_formats = [Spreadsheet]
    export_formats = [CSV, XLSX]
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    export_form_class = FormatForm
    tmp_storage_class = UploadStorage

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def import_action(self, request, **kwargs):
        """The form, or the preview; the file is kept only if the preview offers to go on."""
        response = super().import_action(request, **kwargs)
        context = response.context_data
        form, plan = context["form"], context.get("result")
        context |= {"upload_form": form, "columns": self.resource_classes[0]().columns.values()}
        stored = getattr(form.files.get("import_file"), "tmp_storage_name", None)
        if form.is_bound and form.is_valid() and form.cleaned_data["only_try"]:
            context.pop("confirm_form", None)
            context["only_tried"] = True
        if stored and "confirm_form" not in context:
            UploadStorage(name=stored).remove()
        return self.with_plan(response, plan)

    def with_plan(self, response, plan):
        """What the template needs besides; asks for nothing that an import of nothing public needs."""
        context = response.context_data
        context |= {"plan": plan, "title": f"Import {self.opts.verbose_name_plural}"}
        form = context.get("confirm_form")
        if form and plan:
            form.initial["seen"] = plan.digest
            if not plan.public_changes:
                form.fields.pop("reason")
            if not (plan.public_changes and plan.needs_source):
                form.fields.pop("source")
        return response

    def get_import_resource_kwargs(self, request, **kwargs):
        return {}

    def get_import_data_kwargs(self, **kwargs):
        return {}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if import_form:
            initial |= {name: import_form.cleaned_data[name] for name in ("reason", "source")}
        return initial

    def add_data_read_fail_error_to_form(self, form, error):
        if not isinstance(error, Unreadable):
            raise error
        form.add_error("import_file", str(error))

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """Read the stored file again, check everything again, and import all of it or nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        storage = UploadStorage(name=str(form.data.get("import_file_name", ""))[:100])
        try:
            form.is_valid()
            said = form.cleaned_data
            plan = self.resource_classes[0]().import_data(
                Spreadsheet().create_dataset(storage.read()),
                user=request.user,
                reason=said.get("reason", ""),
                source=said.get("source"),
                seen="" if form.errors else said["seen"],
            )
        except (Upload.DoesNotExist, Unreadable) as error:
            messages.error(request, GONE if isinstance(error, Upload.DoesNotExist) else str(error))
            return redirect(self.address("import"))
        if plan.imported:
            storage.remove()
            messages.success(request, f"Imported: {plan.summary}")
            return redirect(self.address("changelist"))
        return self.preview_again(request, plan, form, storage)

    def preview_again(self, request, plan, form, storage):
        """The preview with what keeps the import from being carried out."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form}
        if plan.has_errors() or plan.objection:
            storage.remove()
            messages.error(request, "Nothing was imported.")
        else:
            lacks = plan.lacks(form.cleaned_data.get("reason"), form.cleaned_data.get("source"))
            for name, text in lacks.items():
                form.add_error(name, text)
            if not form.errors:
                messages.warning(request, OTHERWISE)
            form.data = form.data.copy()
            form.data["seen"] = plan.digest
            context["confirm_form"] = form
        request.current_app = self.admin_site.name
        return self.with_plan(TemplateResponse(request, [self.import_template_name], context), plan)

    def address(self, page):
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def export_action(self, request):
        try:
            response = super().export_action(request)
        except (IncorrectLookupParameters, OverflowError, DataError):
            messages.error(request, "The list was filtered by a value that it does not know. Choose the filters again.")
            return redirect(self.address("changelist"))
        if hasattr(response, "context_data"):
            response.context_data["title"] = f"Export {self.opts.verbose_name_plural}"
        return response

    def get_export_data(self, file_format, request, queryset, **kwargs):
        dataset = self.get_data_for_export(request, queryset, force_native_type=file_format.is_binary(), **kwargs)
        return file_format.export_data(dataset)

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.opts.model_name}-{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"


class FigureTransferMixin(TransferMixin):
    resource_classes = [FigureResource]


class WorkTransferMixin(TransferMixin):
    resource_classes = [WorkResource]


class CourseTransferMixin(TransferMixin):
    resource_classes = [CourseResource]
