"""The app; its signals are heard as soon as Django is up."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Promises of a help desk."""

    name = "promises"
    verbose_name = "Promises"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear the signals of the help desk."""
        from promises import signals  # noqa: PLC0415 - models can be imported only now

        signals.connect()
