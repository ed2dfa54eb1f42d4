from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_save


class SalariesConfig(AppConfig):
    name = "salaries"
    verbose_name = "Salaries"

    def ready(self):
        """Judge the figures anew whenever a record changes that a rule looks at."""
        from salaries import judgement

        for label in judgement.LOOKS_AT:
            for signal in (post_save, post_delete):
                signal.connect(judgement.content_changed, sender=apps.get_model(label), dispatch_uid=f"judge {label}")
