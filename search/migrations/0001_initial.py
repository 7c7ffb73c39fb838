"""The tables of search, which were made by the app `remedies`: here only their state moves."""

from django.db import migrations, models

from remedies_site.moved_models import rename_content_type


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("remedies", "0010_search_models_moved"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("document_id", models.CharField(db_column="place", max_length=40)),
                        ("key", models.CharField(max_length=120)),
                    ],
                    options={
                        "db_table": "remedies_mention",
                        "indexes": [models.Index(fields=["key"], name="remedies_mention_key")],
                        "constraints": [models.UniqueConstraint(fields=("document_id", "key"), name="remedies_mention_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SearchItem",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("document_id", models.CharField(db_column="place", max_length=40, unique=True)),
                        ("kind", models.CharField(choices=[("remedy", "Remedies"), ("condition", "Conditions"), ("entry", "A remedy for a condition"), ("reference", "References"), ("comment", "Discussions")], max_length=10)),
                        ("object_id", models.BigIntegerField()),
                        ("names", models.TextField()),
                        ("words", models.TextField()),
                        ("inside", models.CharField(blank=True, help_text="A comment: the place of what it is about. A reference: its key.", max_length=120)),
                    ],
                    options={
                        "db_table": "remedies_searchitem",
                        "indexes": [models.Index(fields=["kind", "object_id"], name="remedies_search_kind")],
                        "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ["remedy", "condition", "entry", "reference", "comment"])), name="remedies_searchitem_kind_listed")],
                    },
                ),
            ],
        ),
        *(
            migrations.RunPython(*rename_content_type(("remedies", name), ("search", name)))
            for name in ("mention", "searchitem")
        ),
    ]
