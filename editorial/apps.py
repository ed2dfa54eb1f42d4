from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        """Keep a history of every kind of record that the files hold."""
        from editorial import recording

        recording.register_content()
