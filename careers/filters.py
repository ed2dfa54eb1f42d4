from careerguide.filtering import GuideFilterSet, OneFilter, TextFilter
from careers.choices import Stage
from careers.models import Career, Setting


class CareerFilter(GuideFilterSet):
    """Careers by text, by the career stage from which people take them up, and by setting."""

    q = TextFilter(label="Search")
    stage = OneFilter(label="Next from", noun="career stage", choices=Stage.choices, method="next_after")
    setting = OneFilter(label="Setting", noun="setting", method="in_setting")

    class Meta:
        model = Career
        fields = []

    def __init__(self, data):
        super().__init__(data, Career.objects.published())

    def current_choices(self):
        return {"setting": [*Setting.objects.values_list("slug", "name")]}

    def next_after(self, queryset, name, value):
        return queryset.next_after(value)

    def in_setting(self, queryset, name, value):
        return queryset.in_setting(value)

    def sentence(self, count):
        parts = [f"{count} career{'' if count == 1 else 's'}"]
        if "stage" in self.active:
            parts.append(f" to take up next from {self.labels('stage')[0].lower()}")
        if "setting" in self.active:
            parts.append(f", described for the setting {self.labels('setting')[0].lower()}")
        if "q" in self.active:
            parts.append(f", matching “{self.active['q']}”")
        return "".join(parts) + "."
