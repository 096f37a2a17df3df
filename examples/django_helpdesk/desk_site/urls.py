"""The help desk at the root, the admin beside it."""

from django.contrib import admin
from django.urls import include, path
from promises.urls import helpdesk_urls

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include((helpdesk_urls(), "helpdesk"))),
]
