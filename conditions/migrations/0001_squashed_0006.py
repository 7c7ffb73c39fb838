"""What migrations 0001 to 0006 of this app come to, in one step for a new database (ADR 63)."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import remedies_site.final_columns


class Migration(migrations.Migration):

    replaces = [('conditions', '0001_initial'), ('conditions', '0002_revisions_are_final'), ('conditions', '0003_search'), ('conditions', '0004_redirects_moved'), ('conditions', '0005_indexes_of_lists'), ('conditions', '0006_pregnancy_words_of_signs_newest')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('citations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_on', models.DateField(blank=True, null=True, verbose_name='written on')),
                ('review_due', models.DateField(blank=True, null=True, verbose_name='next review due')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('first_published_at', models.DateTimeField(editable=False, null=True)),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=400)),
                ('shown_citations', models.JSONField(default=list, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('slug', models.SlugField(help_text="The last part of the page's address. A change leaves a forwarding address.", max_length=80, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Use a-z, 0-9 and single hyphens.')], verbose_name='address')),
                ('aliases', models.TextField(blank=True, help_text='One on each line; search finds them too.', verbose_name='other names')),
                ('one_line', models.CharField(max_length=300, verbose_name='in one line')),
                ('shown_name', models.CharField(blank=True, editable=False, max_length=120)),
                ('shown_aliases', models.TextField(blank=True, editable=False)),
                ('shown_one_line', models.CharField(blank=True, editable=False, max_length=300)),
                ('sort_key', models.CharField(blank=True, db_index=True, editable=False, max_length=240)),
                ('category', models.CharField(choices=[('cardiovascular', 'Heart and circulation'), ('digestive', 'Digestion'), ('ear', 'Ear'), ('mental_health', 'Mental health'), ('musculoskeletal', 'Bones, joints and muscles'), ('neurological', 'Brain and nerves'), ('pregnancy', 'Pregnancy'), ('respiratory', 'Breathing'), ('sleep', 'Sleep'), ('urological', 'Kidneys and bladder'), ('womens_health', "Women's health"), ('other', 'Other')], max_length=20, verbose_name='category')),
                ('overview', models.TextField(blank=True, verbose_name='overview')),
                ('icd10', models.CharField(blank=True, max_length=60, verbose_name='ICD-10')),
                ('mesh', models.CharField(blank=True, max_length=20, verbose_name='MeSH')),
                ('shown_category', models.CharField(blank=True, editable=False, max_length=20)),
                ('edited_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last edited by')),
                ('shown_text', models.TextField(blank=True, editable=False, help_text='All that readers are told, as plain words for search.')),
            ],
            options={
                'verbose_name': 'condition',
                'verbose_name_plural': 'conditions',
                'ordering': ('sort_key', 'name'),
                'permissions': (('publish_condition', 'Can approve conditions that somebody else edited'), ('withdraw_condition', 'Can withdraw conditions')),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_reason', '')), models.Q(('published_at__isnull', False), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='conditions_condition_withdrawn_with_reason'), models.CheckConstraint(condition=models.Q(('written_on__isnull', True), ('review_due__isnull', True), ('review_due__gt', models.F('written_on')), _connector='OR'), name='conditions_condition_review_after_writing'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='conditions_condition_name_filled'), models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='conditions_condition_slug_filled'), models.CheckConstraint(condition=models.Q(('category__in', ['cardiovascular', 'digestive', 'ear', 'mental_health', 'musculoskeletal', 'neurological', 'pregnancy', 'respiratory', 'sleep', 'urological', 'womens_health', 'other'])), name='conditions_condition_category_listed')],
                'indexes': [models.Index(condition=models.Q(('published_at__isnull', False), ('withdrawn_at__isnull', True)), fields=['sort_key', 'id'], name='conditions_a_to_z'), models.Index(condition=models.Q(('published_at__isnull', False), ('withdrawn_at__isnull', True)), fields=['shown_category', 'sort_key', 'id'], name='conditions_of_category'), models.Index(condition=models.Q(('published_at__isnull', False), ('withdrawn_at__isnull', True)), fields=['-published_at'], name='conditions_newest')],
            },
        ),
        migrations.CreateModel(
            name='ConditionRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('first', 'first published'), ('update', 'update'), ('correction', 'correction'), ('withdrawal', 'withdrawn'), ('system', 'made by the system')], max_length=12)),
                ('document', models.JSONField()),
                ('html', models.JSONField(help_text='Section name to safe HTML, citation keys in place.')),
                ('renderer_version', models.PositiveSmallIntegerField()),
                ('grade', models.JSONField(help_text='The computed grade with its ledger.', null=True)),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='what changed and why')),
                ('author_name', models.CharField(max_length=80)),
                ('published_at', models.DateTimeField()),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('condition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='conditions.condition')),
            ],
            options={
                'verbose_name': 'condition revision',
                'ordering': ('-number',),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='conditions_conditionrevision_number_from_one'), models.CheckConstraint(condition=models.Q(('kind__in', ['first', 'update', 'correction', 'withdrawal', 'system'])), name='conditions_conditionrevision_kind_listed'), models.CheckConstraint(condition=models.Q(('approver__isnull', True), models.Q(('approver', models.F('author')), _negated=True), _connector='OR'), name='conditions_conditionrevision_two_people'), models.UniqueConstraint(fields=('condition', 'number'), name='conditions_conditionrevision_number_once')],
                'indexes': [models.Index(condition=models.Q(('kind', 'correction')), fields=['-published_at', '-id'], name='conditions_corrected')],
            },
        ),
        migrations.CreateModel(
            name='FirstCare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('text', models.CharField(max_length=500, verbose_name='first care')),
                ('citations', models.ManyToManyField(blank=True, related_name='+', to='citations.citation', verbose_name='citations')),
                ('condition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_care', to='conditions.condition')),
            ],
            options={
                'verbose_name': 'usual first care',
                'verbose_name_plural': 'what doctors usually do first',
                'ordering': ('position', 'pk'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='conditions_firstcare_text_filled')],
            },
        ),
        migrations.CreateModel(
            name='RedFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('checked', models.BooleanField(default=True, help_text='Off: shown as a general caution that nobody has checked against a source yet; it must then hold no figures.', verbose_name='checked')),
                ('text', models.CharField(help_text='Finishes the words “Get help if:”.', max_length=300, verbose_name='sign')),
                ('citations', models.ManyToManyField(blank=True, related_name='+', to='citations.citation', verbose_name='citations')),
                ('condition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='red_flags', to='conditions.condition')),
            ],
            options={
                'verbose_name': 'red flag',
                'verbose_name_plural': 'red flags: when to see a doctor',
                'ordering': ('position', 'pk'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='conditions_redflag_text_filled')],
            },
        ),
        migrations.AddField(
            model_name='condition',
            name='current_revision',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conditions.conditionrevision'),
        ),
        remedies_site.final_columns.FinalColumns(
            table='conditions_conditionrevision',
            columns=('condition_id', 'number', 'kind', 'document', 'note', 'published_at'),
        ),
        # The app `publishing` takes this table over, in its own migration.
        migrations.CreateModel(
            name='OldAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, unique=True)),
                ('target', models.CharField(max_length=200)),
                ('moved_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'old address',
                'verbose_name_plural': 'old addresses',
                'constraints': [models.CheckConstraint(condition=models.Q(('path', models.F('target')), _negated=True), name='conditions_oldaddress_goes_elsewhere'), models.CheckConstraint(condition=models.Q(('path__endswith', '/'), ('path__startswith', '/'), ('target__startswith', '/')), name='conditions_oldaddress_whole_paths')],
            },
        ),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='OldAddress')]),
    ]
