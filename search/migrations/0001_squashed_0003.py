"""What migrations 0001 to 0003 of this app come to, in one step for a new database (ADR 63)."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from remedies_site.moved_models import rename_content_type


class Migration(migrations.Migration):

    replaces = [('search', '0001_initial'), ('search', '0002_index_of_mentions'), ('search', '0003_page_requests')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('conditions', '0005_indexes_of_lists'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('remedies', '0015_votes_counted'),
    ]

    operations = [
        # The app `remedies` made these two tables: here their state moves.
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
        migrations.RemoveIndex(
            model_name='mention',
            name='remedies_mention_key',
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(fields=['key', 'document_id'], name='remedies_mention_of_key'),
        ),
        migrations.CreateModel(
            name='PageRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(editable=False, max_length=120, unique=True, verbose_name='words compared')),
                ('words', models.CharField(editable=False, max_length=60, verbose_name='asked for')),
                ('asks', models.PositiveIntegerField(default=1, editable=False, verbose_name='times')),
                ('first_requested_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='first asked')),
                ('last_requested_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='last asked')),
                ('state', models.CharField(choices=[('open', 'asked for'), ('planned', 'planned'), ('published', 'published'), ('declined', 'declined')], default='open', max_length=9, verbose_name='state')),
                ('listing', models.CharField(choices=[('counted', 'once enough people asked for it'), ('shown', 'always'), ('hidden', 'never')], default='counted', max_length=7, verbose_name='shown to readers')),
                ('answer', models.CharField(blank=True, help_text='Readers see it on the list.', max_length=400, verbose_name='answer')),
                ('condition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conditions.condition')),
                ('remedy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='remedies.remedy')),
            ],
            options={
                'verbose_name': 'request for a page',
                'verbose_name_plural': 'requests for pages',
                'ordering': ('-asks', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'planned', 'published', 'declined'])), name='search_pagerequest_state_listed'), models.CheckConstraint(condition=models.Q(('listing__in', ['counted', 'shown', 'hidden'])), name='search_pagerequest_listing_listed'), models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='search_pagerequest_folded_filled'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='search_pagerequest_words_filled'), models.CheckConstraint(condition=models.Q(('asks__gte', 1)), name='search_pagerequest_asked_for'), models.CheckConstraint(condition=models.Q(('first_requested_on__lte', models.F('last_requested_on'))), name='search_pagerequest_first_before_last'), models.CheckConstraint(condition=models.Q(('remedy__isnull', True), ('condition__isnull', True), _connector='OR'), name='search_pagerequest_of_one_page')],
                'indexes': [models.Index(models.OrderBy(models.F('asks'), descending=True), models.OrderBy(models.F('id'), descending=True), name='search_requests_by_number')],
            },
        ),
    ]
