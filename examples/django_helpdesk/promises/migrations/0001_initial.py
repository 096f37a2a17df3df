"""The three tables."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made by ``makemigrations``."""

    initial = True

    dependencies: ClassVar = [
        ("helpdesk", "0043_fix_on_delete_behaviour"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="TicketPromise",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="promise",
                        serialize=False,
                        to="helpdesk.ticket",
                    ),
                ),
                ("first_status", models.IntegerField()),
                ("first_on_hold", models.BooleanField()),
                ("first_priority", models.IntegerField()),
                ("first_queue", models.CharField(max_length=50)),
                (
                    "silent_until",
                    models.DateTimeField(help_text="Nobody is told of what fired up to then: it was before our time."),
                ),
                (
                    "edition",
                    models.CharField(blank=True, help_text="The pinned edition of the standard.", max_length=40),
                ),
                (
                    "objective",
                    models.CharField(blank=True, help_text="The promise that the rest speaks of.", max_length=80),
                ),
                ("activity", models.CharField(blank=True, max_length=20)),
                ("verdict", models.CharField(blank=True, max_length=20)),
                ("due", models.DateTimeField(null=True)),
                ("remaining", models.DurationField(null=True)),
                ("problem", models.TextField(blank=True, help_text="Why nothing could be read.")),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "wake_at",
                    models.DateTimeField(
                        db_index=True, help_text="When to look again if nothing else happens.", null=True
                    ),
                ),
                ("team", models.CharField(blank=True, max_length=80)),
                (
                    "rule",
                    models.CharField(
                        blank=True, help_text="The rule of the routing table that decided.", max_length=80
                    ),
                ),
                ("why_team", models.TextField(blank=True)),
                ("why_agent", models.TextField(blank=True)),
                ("routed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ToldNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=500, unique=True)),
                ("objective", models.CharField(max_length=80)),
                ("threshold", models.CharField(max_length=80)),
                ("roles", models.JSONField()),
                ("fired_at", models.DateTimeField()),
                ("text", models.TextField()),
                ("claimed_until", models.DateTimeField(help_text="Until then, one run is sending it.", null=True)),
                ("sent_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "follow_up",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="told_notices",
                        to="helpdesk.followup",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told_notices", to="helpdesk.ticket"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UntoldChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=20)),
                ("old_value", models.CharField(max_length=80)),
                ("new_value", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="untold_changes", to="helpdesk.ticket"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("ticket", "field", "at"), name="one_untold_change")],
            },
        ),
    ]
