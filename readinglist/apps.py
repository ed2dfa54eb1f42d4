from django.apps import AppConfig


class ReadingListConfig(AppConfig):
    name = "readinglist"
    verbose_name = "Reading and courses"
