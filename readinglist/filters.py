"""The reading filters: one set of parameters, asked of works and of courses alike."""

from careerguide.filtering import GuideFilterSet, OneFilter, TextFilter
from careers.choices import Stage
from readinglist.choices import Level, WorkKind
from readinglist.models import Course, ReadingList, Topic, Work

COURSE = "course"


class ReadingFilter(GuideFilterSet):
    """Works by text, kind, topic, level, stage, price and list; `courses` holds the courses of the same query."""

    q = TextFilter(label="Search")
    kind = OneFilter(
        label="Kind", noun="kind of reading", choices=[*WorkKind.choices, (COURSE, "Course")], method="of_kind"
    )
    topic = OneFilter(label="Topic", noun="topic", field_name="topics__slug")
    level = OneFilter(label="Level", noun="level", field_name="level", choices=Level.choices)
    stage = OneFilter(label="Career stage", noun="career stage", choices=Stage.choices, method="for_stage")
    free = OneFilter(label="Price", noun="price", choices=[("1", "free to read")], method="free_only")
    list = OneFilter(label="List", noun="reading list", method="in_list")

    class Meta:
        model = Work
        fields = []

    def __init__(self, data):
        super().__init__(data, Work.objects.published())

    def current_choices(self):
        return {
            "topic": [*Topic.objects.values_list("slug", "name")],
            "list": [*ReadingList.objects.published().values_list("slug", "title")],
        }

    @property
    def courses(self):
        return self.filter_queryset(Course.objects.published())

    def of_kind(self, queryset, name, value):
        if (value == COURSE) != (queryset.model is Course):
            return queryset.none()
        return queryset if value == COURSE else queryset.filter(kind=value)

    def for_stage(self, queryset, name, value):
        return queryset.for_stage(value)

    def free_only(self, queryset, name, value):
        return queryset.free()

    def in_list(self, queryset, name, value):
        return queryset.in_list(value)

    def sentence(self, works, courses):
        counts = [f"{works} work{'' if works == 1 else 's'}", f"{courses} course{'' if courses == 1 else 's'}"]
        text = " and ".join(counts)
        details = [
            f"{self.form.fields[name].label.lower()} {self.labels(name)[0]}" for name in self.active if name != "q"
        ]
        if "q" in self.active:
            details.insert(0, f"matching “{self.active['q']}”")
        return f"{text}{': ' if details else ''}{', '.join(details)}."
