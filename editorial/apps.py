from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        """Keep a history of every kind of record that the files hold, and no proposal about one that is gone."""
        from editorial import recording
        from editorial.proposals import proposals

        recording.register_content()
        proposals.watch_deletions()
