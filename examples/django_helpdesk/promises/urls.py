"""The addresses of the help desk, also where its knowledge base is off."""

from importlib import import_module

from django.urls import URLPattern, URLResolver
from helpdesk import settings


def helpdesk_urls() -> list[URLPattern | URLResolver]:
    """The stock addresses, without those of the knowledge base where ``HELPDESK_KB_ENABLED`` is false.

    ``helpdesk.urls`` of 2.6.1 ends in a NameError there, since it names the views of the knowledge base in any case.
    So it is imported as if the knowledge base were on, and what belongs to it is left out afterwards.
    """
    enabled = settings.HELPDESK_KB_ENABLED
    settings.HELPDESK_KB_ENABLED = True
    try:
        stock = import_module("helpdesk.urls")
    finally:
        settings.HELPDESK_KB_ENABLED = enabled
    unwanted = [] if enabled else stock.KNOWLEDGE_BASE_PATTERNS
    return [pattern for pattern in stock.urlpatterns if pattern not in unwanted]
