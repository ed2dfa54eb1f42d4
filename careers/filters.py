from careerguide.filtering import GuideFilterSet, OneFilter, TextFilter, listing
from careers.choices import Stage
from careers.models import Career, Setting


class CareerFilter(GuideFilterSet):
    """Careers by text, career stage and setting."""

    q = TextFilter(label="Search")
    stage = OneFilter(label="Stage", noun="career stage", choices=Stage.choices, method="in_stage")
    setting = OneFilter(label="Setting", noun="setting", method="in_setting")

    class Meta:
        model = Career
        fields = []

    def __init__(self, data):
        super().__init__(data, Career.objects.all())

    def current_choices(self):
        return {"setting": [*Setting.objects.values_list("slug", "name")]}

    def in_stage(self, queryset, name, value):
        return queryset.in_stage(value)

    def in_setting(self, queryset, name, value):
        return queryset.in_setting(value)

    def sentence(self, count):
        parts = [f"{count} career{'' if count == 1 else 's'}"]
        if "stage" in self.active:
            parts.append(f" of the {self.labels('stage')[0].lower()} stage")
        if "setting" in self.active:
            parts.append(f" described for: {listing(self.labels('setting')).lower()}")
        if "q" in self.active:
            parts.append(f", matching “{self.active['q']}”")
        return "".join(parts) + "."
