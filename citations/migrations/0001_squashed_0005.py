"""What migrations 0001 to 0005 of this app come to, in one step for a new database (ADR 63)."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('citations', '0001_initial'), ('citations', '0002_registers'), ('citations', '0003_identifiers'), ('citations', '0004_link_checks'), ('citations', '0005_former_keys')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='How texts name it: Jadidi2022 is cited as [@Jadidi2022]. It never changes.', max_length=80, unique=True, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9][A-Za-z0-9_.:/-]*\\Z', 'Use letters, digits and - _ . : / without blanks.')], verbose_name='key')),
                ('title', models.TextField(verbose_name='title')),
                ('authors', models.TextField(blank=True, help_text='One on each line, family name and initials. An organisation whose last word would be taken for initials stands in braces: {Food Standards Agency UK}.', verbose_name='authors')),
                ('container', models.CharField(blank=True, help_text='With volume and pages.', max_length=300, verbose_name='journal or site')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publisher')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('doi', models.CharField(blank=True, max_length=200, validators=[django.core.validators.RegexValidator('\\A10\\.\\d+(?:\\.\\d+)*/\\S+\\Z', 'A DOI begins with 10. and a number.')], verbose_name='DOI')),
                ('pmid', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('\\A[1-9]\\d{0,8}\\Z')], verbose_name='PMID')),
                ('pmcid', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\APMC\\d+\\Z', 'A PMCID is PMC and a number.')], verbose_name='PMCID')),
                ('nct', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('\\ANCT\\d{8}\\Z', 'A registry number is NCT and 8 digits.')], verbose_name='NCT')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('accessed_on', models.DateField(blank=True, null=True, verbose_name='accessed on')),
                ('study_type', models.CharField(choices=[('meta_analysis', 'meta-analysis'), ('systematic_review', 'systematic review'), ('guideline', 'guideline'), ('randomised_trial', 'randomised trial'), ('crossover_trial', 'crossover trial'), ('open_label_trial', 'open-label trial'), ('cohort', 'cohort study'), ('case_control', 'case-control study'), ('cross_sectional', 'cross-sectional study'), ('case_series', 'case series'), ('case_report', 'case report'), ('registry_entry', 'registered trial'), ('laboratory_study', 'laboratory study'), ('narrative_review', 'narrative review'), ('reference_work', 'reference work'), ('regulatory_communication', "regulator's communication"), ('product_information', 'product information'), ('product_analysis', 'product analysis')], max_length=30, verbose_name='kind of study')),
                ('sample_size', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='number of people')),
                ('funding', models.CharField(blank=True, max_length=300, verbose_name='funding')),
                ('retracted_on', models.DateField(blank=True, null=True, verbose_name='retracted on')),
                ('completion_due', models.DateField(blank=True, help_text='Past it, a trial that is still called ongoing is on the list of what is stale.', null=True, verbose_name='registered date of completion')),
                ('registry_status', models.CharField(blank=True, choices=[('ongoing', 'ongoing'), ('completed', 'completed'), ('stopped', 'stopped early')], max_length=10, verbose_name='status of a registered trial')),
            ],
            options={
                'verbose_name': 'citation',
                'verbose_name_plural': 'citations',
                'ordering': ('key',),
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='citations_citation_key_filled'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='citations_citation_title_filled'), models.CheckConstraint(condition=models.Q(('study_type__in', ['meta_analysis', 'systematic_review', 'guideline', 'randomised_trial', 'crossover_trial', 'open_label_trial', 'cohort', 'case_control', 'cross_sectional', 'case_series', 'case_report', 'registry_entry', 'laboratory_study', 'narrative_review', 'reference_work', 'regulatory_communication', 'product_information', 'product_analysis'])), name='citations_citation_study_type_listed'), models.CheckConstraint(condition=models.Q(('doi', ''), ('nct', ''), ('pmcid', ''), ('pmid', ''), ('url', ''), _negated=True), name='citations_citation_can_be_found', violation_error_message='Give a way to find the work: DOI, PMID, PMCID, NCT or an address.'), models.UniqueConstraint(condition=models.Q(('pmid', ''), _negated=True), fields=('pmid',), name='citations_citation_pmid_once', violation_error_message='Another work of the library has this number.'), models.UniqueConstraint(condition=models.Q(('pmcid', ''), _negated=True), fields=('pmcid',), name='citations_citation_pmcid_once', violation_error_message='Another work of the library has this number.'), models.CheckConstraint(condition=models.Q(('registry_status__in', ['ongoing', 'completed', 'stopped', ''])), name='citations_citation_registry_status_listed'), models.CheckConstraint(condition=models.Q(models.Q(('completion_due__isnull', True), ('registry_status', '')), ('study_type', 'registry_entry'), _connector='OR'), name='citations_citation_only_registers_have_a_status', violation_error_message='Only a registered trial has a status.'), models.UniqueConstraint(django.db.models.functions.text.Lower('doi'), condition=models.Q(('doi', ''), _negated=True), name='citations_citation_doi_once', violation_error_message='Another work of the library has this DOI.')],
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500)),
                ('checked_at', models.DateTimeField()),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('message', models.CharField(blank=True, max_length=200)),
                ('broken_since', models.DateTimeField(null=True, verbose_name='address broken since')),
                ('citation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link_check', to='citations.citation')),
            ],
            options={
                'verbose_name': 'look at an address',
                'verbose_name_plural': 'looks at addresses',
                'constraints': [models.CheckConstraint(condition=models.Q(('broken_since__isnull', True), models.Q(('message', ''), _negated=True), _connector='OR'), name='citations_linkcheck_broken_says_why')],
                'indexes': [models.Index(condition=models.Q(('broken_since__isnull', False)), fields=['broken_since', 'id'], name='citations_links_broken')],
            },
        ),
        migrations.CreateModel(
            name='FormerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='key')),
                ('merged_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_keys', to='citations.citation')),
            ],
            options={
                'verbose_name': 'former key',
                'verbose_name_plural': 'former keys',
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='citations_formerkey_key_filled')],
            },
        ),
    ]
