"""The table of redirects, which was made by the app `conditions`: here only its state moves."""

from django.db import migrations, models

from remedies_site.moved_models import rename_content_type


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conditions", "0004_redirects_moved"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Redirect",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("path", models.CharField(max_length=200, unique=True)),
                        ("target", models.CharField(max_length=200)),
                        ("moved_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "verbose_name": "old address",
                        "verbose_name_plural": "old addresses",
                        "db_table": "conditions_oldaddress",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("path", models.F("target")), _negated=True), name="conditions_oldaddress_goes_elsewhere"),
                            models.CheckConstraint(condition=models.Q(("path__endswith", "/"), ("path__startswith", "/"), ("target__startswith", "/")), name="conditions_oldaddress_whole_paths"),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(*rename_content_type(("conditions", "oldaddress"), ("publishing", "redirect"))),
    ]
