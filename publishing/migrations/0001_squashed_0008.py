"""What migrations 0001 to 0008 of this app come to, in one step for a new database (ADR 63)."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import remedies_site.final_columns
from remedies_site.moved_models import rename_content_type


class Migration(migrations.Migration):

    replaces = [('publishing', '0001_initial'), ('publishing', '0002_derived_version'), ('publishing', '0003_review'), ('publishing', '0004_draft_states'), ('publishing', '0005_reviewers'), ('publishing', '0006_autosavedform'), ('publishing', '0007_safety_banner'), ('publishing', '0008_merges')]

    initial = True

    dependencies = [
        ('accounts', '0013_profiles'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('citations', '0003_identifiers'),
        ('conditions', '0004_redirects_moved'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        # The app `conditions` made the table: here its state moves.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Redirect',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('path', models.CharField(max_length=200, unique=True)),
                        ('target', models.CharField(max_length=200)),
                        ('moved_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'verbose_name': 'old address',
                        'verbose_name_plural': 'old addresses',
                        'db_table': 'conditions_oldaddress',
                        'constraints': [models.CheckConstraint(condition=models.Q(('path', models.F('target')), _negated=True), name='conditions_oldaddress_goes_elsewhere'), models.CheckConstraint(condition=models.Q(('path__endswith', '/'), ('path__startswith', '/'), ('target__startswith', '/')), name='conditions_oldaddress_whole_paths')],
                    },
                ),
            ],
        ),
        migrations.RunPython(*rename_content_type(('conditions', 'oldaddress'), ('publishing', 'redirect'))),
        migrations.CreateModel(
            name='DerivedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('version', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'version of derived data',
                'verbose_name_plural': 'versions of derived data',
            },
        ),
        migrations.CreateModel(
            name='CitationRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('first', 'first published'), ('update', 'update'), ('correction', 'correction'), ('withdrawal', 'withdrawn'), ('system', 'made by the system')], max_length=12)),
                ('document', models.JSONField()),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='what changed and why')),
                ('author_name', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80, verbose_name='key')),
                ('base', models.JSONField(help_text='The document that it changes; empty for a new row.')),
                ('state', models.CharField(choices=[('waiting', 'waiting for a second person'), ('published', 'in effect'), ('rejected', 'rejected'), ('taken_back', 'taken back')], default='waiting', max_length=10, verbose_name='state')),
                ('number', models.PositiveIntegerField(null=True)),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='submitted')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('decision_note', models.CharField(blank=True, max_length=400, verbose_name='reason of the decision')),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('row', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='revisions', to='citations.citation')),
            ],
            options={
                'verbose_name': 'change of a citation',
                'verbose_name_plural': 'changes of citations',
                'ordering': ('-pk',),
                'permissions': [('approve_citationrevision', 'Can approve changes of citations by somebody else')],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['first', 'update', 'correction', 'withdrawal', 'system'])), name='publishing_citationrevision_kind_listed'), models.CheckConstraint(condition=models.Q(('approver__isnull', True), models.Q(('approver', models.F('author')), _negated=True), _connector='OR'), name='publishing_citationrevision_two_people'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'published', 'rejected', 'taken_back'])), name='publishing_citationrevision_state_listed'), models.CheckConstraint(condition=models.Q(models.Q(('number__gte', 1), ('number__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('number__isnull', True)), _connector='OR'), name='publishing_citationrevision_number_in_effect'), models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', True), ('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='publishing_citationrevision_decided_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('decision_note', ''), _negated=True), _connector='OR'), name='publishing_citationrevision_rejected_with_reason'), models.UniqueConstraint(fields=('key', 'number'), name='publishing_citationrevision_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('key',), name='publishing_citationrevision_one_waits')],
            },
        ),
        migrations.CreateModel(
            name='DraftEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('author_name', models.CharField(max_length=80)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changes', models.JSONField()),
                ('published_in', models.PositiveIntegerField(null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('discards', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'verbose_name': 'edit of a draft',
                'verbose_name_plural': 'edits of drafts',
                'ordering': ('pk',),
                'indexes': [models.Index(condition=models.Q(('published_in__isnull', True)), fields=['content_type', 'object_id'], name='publishing_edits_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('author_name', models.CharField(max_length=80, verbose_name='submitted by')),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='submitted')),
                ('reason', models.CharField(max_length=400, verbose_name='what changed and why')),
                ('is_correction', models.BooleanField(default=False, verbose_name='corrects a mistake')),
                ('seen', models.PositiveBigIntegerField(default=0)),
                ('state', models.CharField(choices=[('waiting', 'waiting for a second person'), ('sent_back', 'sent back'), ('approved', 'approved'), ('taken_back', 'taken back')], default='waiting', max_length=10, verbose_name='state')),
                ('is_open', models.BooleanField(default=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=80, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('decision_note', models.CharField(blank=True, max_length=400, verbose_name='reason of the decision')),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'draft for review',
                'verbose_name_plural': 'drafts for review',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent_back', 'approved', 'taken_back'])), name='publishing_submission_state_listed'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='publishing_submission_reason_filled'), models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', True), ('decided_at__isnull', True), ('decided_by_name', ''), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False), models.Q(('decided_by_name', ''), _negated=True)), _connector='OR'), name='publishing_submission_decided_at_a_time'), models.CheckConstraint(condition=models.Q(('approver__isnull', True), models.Q(('state__in', ['approved', 'sent_back']), models.Q(('author__isnull', True), models.Q(('approver', models.F('author')), _negated=True), _connector='OR')), _connector='OR'), name='publishing_submission_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('is_open', True), ('state', 'waiting')), ('state', 'sent_back'), models.Q(('state__in', ['approved', 'taken_back']), ('is_open', False)), _connector='OR'), name='publishing_submission_open_by_state'), models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('content_type', 'object_id'), name='publishing_submission_one_open')],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='publishing_submissions_of'), models.Index(fields=['state', 'submitted_at'], name='publishing_submissions_queue')],
            },
        ),
        migrations.CreateModel(
            name='PlaceComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(blank=True, max_length=200)),
                ('text', models.CharField(max_length=1000)),
                ('author_name', models.CharField(max_length=80)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='publishing.submission')),
            ],
            options={
                'verbose_name': 'comment on a draft',
                'verbose_name_plural': 'comments on drafts',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='publishing_placecomment_text_filled')],
            },
        ),
        migrations.CreateModel(
            name='DraftState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('has_changes', models.BooleanField(default=True)),
                ('error_count', models.PositiveSmallIntegerField(default=0)),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='what changed and why')),
                ('is_correction', models.BooleanField(default=False)),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'state of a draft',
                'verbose_name_plural': 'states of drafts',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id'), name='publishing_draftstate_one_each')],
                'indexes': [models.Index(fields=['checked_at'], name='publishing_states_by_check')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('publish_at', models.DateTimeField(verbose_name='to be published')),
                ('author_name', models.CharField(max_length=80, verbose_name='scheduled by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen', models.PositiveBigIntegerField(default=0)),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='what changed and why')),
                ('is_correction', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting for its time'), ('published', 'published'), ('failed', 'not published'), ('cancelled', 'cancelled')], default='waiting', max_length=10, verbose_name='state')),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=1000)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'scheduled publication',
                'verbose_name_plural': 'scheduled publications',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'published', 'failed', 'cancelled'])), name='publishing_schedule_state_listed'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='publishing_schedule_ended_at_a_time'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('content_type', 'object_id'), name='publishing_schedule_one_waits')],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['publish_at'], name='publishing_schedules_due'), models.Index(fields=['content_type', 'object_id'], name='publishing_schedules_of')],
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reviewer', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('public_name', models.CharField(help_text="The person's own name, as readers see it.", max_length=120, verbose_name='public name')),
                ('slug', models.SlugField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Use a-z, 0-9 and single hyphens.')], verbose_name='address')),
                ('credential', models.CharField(help_text='As the register has it. A change of it has to be checked again.', max_length=200, verbose_name='profession and credential')),
                ('credential_checked_on', models.DateField(blank=True, null=True, verbose_name='credential checked on')),
                ('credential_checked_in', models.CharField(blank=True, help_text='The name of the register, for readers; without the number.', max_length=200, verbose_name='where it was checked')),
                ('is_shown', models.BooleanField(default=False, help_text='Off: a draft. Readers see neither the person nor a review by them.', verbose_name='shown to readers')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('checked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by')),
            ],
            options={
                'verbose_name': 'reviewer',
                'verbose_name_plural': 'reviewers',
                'ordering': ('public_name', 'pk'),
                'permissions': [('review_pages', 'Can review pages in their own name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('public_name', ''), _negated=True), name='publishing_reviewer_public_name_filled'), models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='publishing_reviewer_slug_filled'), models.CheckConstraint(condition=models.Q(('credential', ''), _negated=True), name='publishing_reviewer_credential_filled'), models.CheckConstraint(condition=models.Q(models.Q(('credential_checked_in', ''), ('credential_checked_on__isnull', True)), models.Q(('credential_checked_on__isnull', False), models.Q(('credential_checked_in', ''), _negated=True)), _connector='OR'), name='publishing_reviewer_checked_on_a_day_somewhere', violation_error_message='Give both the day of the check and where it was made, or neither.'), models.CheckConstraint(condition=models.Q(('is_shown', False), ('credential_checked_on__isnull', False), _connector='OR'), name='publishing_reviewer_shown_when_checked', violation_error_message='Readers see nobody whose credential was not checked: add day and register.'), models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('user')), _negated=True), _connector='OR'), name='publishing_reviewer_checked_by_another')],
            },
        ),
        migrations.CreateModel(
            name='ConflictStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dated', models.DateField(verbose_name='dated')),
                ('text', models.CharField(max_length=1000, verbose_name='statement')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='where it comes from')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='publishing.reviewer')),
            ],
            options={
                'verbose_name': 'conflict statement',
                'verbose_name_plural': 'conflict statements',
                'ordering': ('-dated', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='publishing_conflictstatement_text_filled'), models.CheckConstraint(condition=models.Q(('recorded_by', models.F('reviewer')), models.Q(('source', ''), _negated=True), _connector='OR'), name='publishing_conflictstatement_own_or_with_source')],
            },
        ),
        migrations.CreateModel(
            name='ClinicalReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('revision_number', models.PositiveIntegerField(verbose_name='version')),
                ('document_digest', models.CharField(editable=False, max_length=64)),
                ('reviewed_on', models.DateField(verbose_name='reviewed on')),
                ('credential', models.CharField(max_length=200, verbose_name='credential')),
                ('credential_checked_on', models.DateField(verbose_name='credential checked on')),
                ('scope', models.CharField(max_length=400, verbose_name='what was checked')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='note to readers')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('taken_back_reason', models.CharField(blank=True, max_length=400, verbose_name='why it was taken back')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('text_author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author of the version')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='publishing.conflictstatement', verbose_name='statement')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='publishing.reviewer')),
            ],
            options={
                'verbose_name': 'review by a clinician',
                'verbose_name_plural': 'reviews by clinicians',
                'ordering': ('-reviewed_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('scope', ''), _negated=True), name='publishing_clinicalreview_scope_filled'), models.CheckConstraint(condition=models.Q(('revision_number__gte', 1)), name='publishing_clinicalreview_from_one'), models.CheckConstraint(condition=models.Q(('text_author__isnull', True), models.Q(('text_author', models.F('reviewer')), _negated=True), _connector='OR'), name='publishing_clinicalreview_of_anothers_text'), models.CheckConstraint(condition=models.Q(('credential_checked_on__lte', models.F('reviewed_on'))), name='publishing_clinicalreview_after_the_check'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_reason', '')), models.Q(('taken_back_at__isnull', False), models.Q(('taken_back_reason', ''), _negated=True)), _connector='OR'), name='publishing_clinicalreview_taken_back_with_reason'), models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('content_type', 'object_id', 'revision_number', 'reviewer'), name='publishing_clinicalreview_once_a_version')],
                'indexes': [models.Index(condition=models.Q(('taken_back_at__isnull', True)), fields=['content_type', 'object_id', '-reviewed_on', '-id'], name='publishing_reviews_of_subject'), models.Index(fields=['reviewer', '-reviewed_on', '-id'], name='publishing_reviews_by_person')],
            },
        ),
        migrations.CreateModel(
            name='AutosavedForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField(null=True)),
                ('opening', models.CharField(max_length=40)),
                ('fields', models.JSONField(default=list)),
                ('saved_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'text that was not stored',
                'verbose_name_plural': 'texts that were not stored',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('user', 'content_type', 'opening'), name='publishing_autosavedform_once'), models.CheckConstraint(condition=models.Q(('opening', ''), _negated=True), name='publishing_autosavedform_opening_filled')],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='publishing_autosaved_of'), models.Index(fields=['seen_at'], name='publishing_autosaved_seen')],
            },
        ),
        migrations.CreateModel(
            name='SafetyBanner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole_site', models.BooleanField(default=False, verbose_name='on the whole site')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('subject_name', models.CharField(blank=True, help_text='As it was called then.', max_length=250, verbose_name='about')),
                ('text', models.CharField(max_length=400, verbose_name='text')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='looked at')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='lifted')),
                ('lifted_reason', models.CharField(blank=True, max_length=400, verbose_name='why it was lifted')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked at by')),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
                ('work', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='citations.citation', verbose_name='source')),
            ],
            options={
                'verbose_name': 'safety notice',
                'verbose_name_plural': 'safety notices',
                'ordering': ('-set_at', '-pk'),
                'permissions': [('set_safetybanner', 'Can set and lift safety notices alone'), ('confirm_safetybanner', 'Can confirm safety notices by somebody else')],
                'default_permissions': ('view',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='publishing_safetybanner_text_filled'), models.CheckConstraint(condition=models.Q(models.Q(('content_type__isnull', True), ('object_id__isnull', True), ('whole_site', True)), models.Q(('content_type__isnull', False), ('object_id__isnull', False), ('whole_site', False)), _connector='OR'), name='publishing_safetybanner_one_subject_or_the_site'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_at__isnull', False), models.Q(('set_by__isnull', True), models.Q(('set_by', models.F('confirmed_by')), _negated=True), _connector='OR')), _connector='OR'), name='publishing_safetybanner_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True), ('lifted_reason', '')), models.Q(('lifted_at__isnull', False), models.Q(('lifted_reason', ''), _negated=True)), _connector='OR'), name='publishing_safetybanner_lifted_with_reason'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True), ('whole_site', False)), fields=('content_type', 'object_id'), name='publishing_safetybanner_one_a_subject'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True), ('whole_site', True)), fields=('whole_site',), name='publishing_safetybanner_one_on_the_site')],
                'indexes': [models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['set_at', 'id'], name='publishing_banners_active')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80, verbose_name='merged')),
                ('target', models.CharField(max_length=80, verbose_name='into')),
                ('note', models.CharField(max_length=400, verbose_name='why')),
                ('state', models.CharField(choices=[('waiting', 'waiting for a second person'), ('published', 'in effect'), ('rejected', 'rejected'), ('taken_back', 'taken back')], default='waiting', max_length=10, verbose_name='state')),
                ('author_name', models.CharField(max_length=80, verbose_name='submitted by')),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='submitted')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('decision_note', models.CharField(blank=True, max_length=400, verbose_name='reason of the decision')),
                ('changes', models.JSONField(default=list)),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges of works and conditions',
                'ordering': ('-pk',),
                'permissions': [('approve_merge', 'Can approve merges by somebody else')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'published', 'rejected', 'taken_back'])), name='publishing_merge_state_listed'), models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='publishing_merge_note_filled'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='publishing_merge_of_two'), models.CheckConstraint(condition=models.Q(('approver__isnull', True), models.Q(('approver', models.F('author')), _negated=True), _connector='OR'), name='publishing_merge_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='publishing_merge_decided_at_a_time'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('content_type', 'source'), name='publishing_merge_one_waits')],
            },
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_citationrevision',
            columns=('key', 'kind', 'base', 'document', 'note', 'author_name', 'submitted_at'),
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_citationrevision',
            columns=('state', 'number', 'decided_at', 'decision_note'),
            once="OLD.state <> 'waiting'",
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_submission',
            columns=('content_type_id', 'object_id', 'author_name', 'submitted_at', 'reason', 'is_correction', 'seen'),
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_submission',
            columns=('state', 'decided_at', 'decided_by_name', 'decision_note'),
            once="OLD.state <> 'waiting'",
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_conflictstatement',
            columns=('reviewer_id', 'dated', 'text', 'source', 'recorded_at'),
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_clinicalreview',
            columns=('content_type_id', 'object_id', 'revision_number', 'document_digest', 'reviewer_id', 'statement_id', 'reviewed_on', 'credential', 'credential_checked_on', 'scope', 'note', 'recorded_at'),
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_safetybanner',
            columns=('whole_site', 'content_type_id', 'object_id', 'subject_name', 'text', 'work_id', 'set_at'),
        ),
        remedies_site.final_columns.FinalColumns(
            table='publishing_safetybanner',
            columns=('lifted_at', 'lifted_reason'),
            once='OLD.lifted_at IS NOT NULL',
        ),
    ]
