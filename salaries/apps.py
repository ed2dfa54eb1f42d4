from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SalariesConfig(AppConfig):
    name = "salaries"
    verbose_name = "Salaries"

    def ready(self):
        """Judge the figures anew whenever a record changes that a rule looks at."""
        from careers.models import Country
        from salaries import judgement, models
        from sources.models import Source

        judged_by = [models.SalaryFigure, models.Area, models.PopulationDescribed, models.PriceLevel, models.Acceptance]
        for model in [*judged_by, Country, Source]:
            for signal in (post_save, post_delete):
                signal.connect(judgement.content_changed, sender=model, dispatch_uid=f"judge {model.__name__}")
