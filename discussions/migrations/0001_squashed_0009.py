"""What migrations 0001 to 0009 of this app come to, in one step for a new database (ADR 63)."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('discussions', '0001_initial'), ('discussions', '0002_indexes_of_threads'), ('discussions', '0003_decisions'), ('discussions', '0004_automatic_reports'), ('discussions', '0005_last_visits'), ('discussions', '0006_follows'), ('discussions', '0007_moderation'), ('discussions', '0008_vote_bursts'), ('discussions', '0009_challenges')]

    initial = True

    dependencies = [
        ('accounts', '0012_sanctions'),
        ('conditions', '0005_indexes_of_lists'),
        ('remedies', '0015_votes_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='thread', to='remedies.remedyconditionentry')),
                ('remedy', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='thread', to='remedies.remedy')),
            ],
            options={
                'verbose_name': 'discussion',
                'verbose_name_plural': 'discussions',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', True), ('remedy__isnull', False)), models.Q(('entry__isnull', False), ('remedy__isnull', True)), _connector='OR'), name='discussions_thread_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('up_count', models.PositiveIntegerField(default=0, editable=False)),
                ('down_count', models.PositiveIntegerField(default=0, editable=False)),
                ('depth', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('renderer_version', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('visible', 'visible'), ('held', 'held for a moderator'), ('hidden', 'hidden until a moderator has looked'), ('removed', 'removed by a moderator'), ('deleted', 'removed by its author')], default='visible', editable=False, max_length=8, verbose_name='state')),
                ('removal_reason', models.CharField(blank=True, max_length=200, verbose_name='reason for removal')),
                ('score', models.FloatField(default=0, editable=False)),
                ('reply_count', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited_at', models.DateTimeField(editable=False, null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='discussions.comment')),
                ('root', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='discussions.comment')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='discussions.thread')),
                ('is_locked', models.BooleanField(db_default=False, default=False, editable=False, verbose_name='closed to replies')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ('pk',),
                'permissions': (('moderate_comment', 'Can remove and restore comments'),),
                'constraints': [models.CheckConstraint(condition=models.Q(('down_count__gte', 0), ('up_count__gte', 0)), name='discussions_comment_votes_not_negative'), models.CheckConstraint(condition=models.Q(('state__in', ['visible', 'held', 'hidden', 'removed', 'deleted'])), name='discussions_comment_state_listed'), models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('parent__isnull', True), ('root__isnull', True)), models.Q(('depth__gte', 1), ('depth__lte', 12), ('parent__isnull', False), ('root__isnull', False)), _connector='OR'), name='discussions_comment_place'), models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', True), ('body', ''), ('html', ''), ('state', 'deleted')), models.Q(models.Q(('state', 'deleted'), _negated=True), models.Q(('body', ''), _negated=True)), _connector='OR'), name='discussions_comment_deleted_is_empty'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'removed'), models.Q(('removal_reason', ''), _negated=True)), models.Q(models.Q(('state', 'removed'), _negated=True), ('removal_reason', '')), _connector='OR'), name='discussions_comment_removed_with_reason')],
                'indexes': [models.Index(fields=['root', 'id'], name='discussions_branch'), models.Index(models.F('thread'), models.OrderBy(models.F('score'), descending=True), models.F('id'), models.F('state'), models.F('author'), condition=models.Q(('root__isnull', True)), name='discussions_roots_by_score'), models.Index(models.F('thread'), models.OrderBy(models.F('id'), descending=True), models.F('state'), models.F('author'), condition=models.Q(('root__isnull', True)), name='discussions_roots_by_age'), models.Index(models.F('thread'), models.OrderBy(models.F('reply_count'), descending=True), models.F('id'), models.F('state'), models.F('author'), condition=models.Q(('root__isnull', True)), name='discussions_roots_by_replies'), models.Index(fields=['thread', 'state', 'root', 'author'], name='discussions_of_thread'), models.Index(condition=models.Q(('state__in', ['held', 'hidden'])), fields=['id'], name='discussions_waiting')],
            },
        ),
        migrations.CreateModel(
            name='CommentVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.SmallIntegerField()),
                ('cast_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='discussions.comment')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_counted', models.BooleanField(db_default=True, default=True, editable=False)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('value__in', [1, -1])), name='discussions_commentvote_up_or_down'), models.UniqueConstraint(fields=('voter', 'comment'), name='discussions_commentvote_one_each')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('keep', 'a comment was kept'), ('hide', 'a comment was hidden until a moderator has looked'), ('remove', 'a comment was removed'), ('restore', 'a comment was put back'), ('lock', 'a thread was closed to replies'), ('unlock', 'a thread was opened again'), ('move', 'a thread was moved to the page it belongs to'), ('remind', 'a member was reminded of the rules'), ('pause', 'a member was paused'), ('suspend', 'a member was suspended'), ('lift', 'a pause or suspension was lifted'), ('uphold', 'an appeal was looked at, and the decision stands'), ('overturn', 'an appeal was looked at, and the decision was taken back')], max_length=8, verbose_name='action')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('is_automatic', models.BooleanField(default=False, verbose_name='automatic')),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='decided at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='discussions.comment')),
                ('sanction', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decision', to='accounts.sanction')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ('-created_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('is_automatic', False), ('by__isnull', True), _connector='OR'), name='discussions_decision_automatic_by_nobody'), models.CheckConstraint(condition=models.Q(('action__in', ['keep', 'hide', 'remove', 'restore', 'lock', 'unlock', 'move', 'remind', 'pause', 'suspend', 'lift', 'uphold', 'overturn'])), name='discussions_decision_action_listed'), models.CheckConstraint(condition=models.Q(models.Q(('action__in', ['hide', 'remove', 'remind', 'pause', 'suspend']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='discussions_decision_with_reason'), models.CheckConstraint(condition=models.Q(('sanction__isnull', True), ('action__in', ['remind', 'pause', 'suspend']), _connector='OR'), name='discussions_decision_sanctioning')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('spam', 'Spam or undisclosed selling'), ('unkind', 'Unkind'), ('off_topic', 'Off topic'), ('danger', 'Dangerous advice'), ('emergency', 'Medical emergency or self-harm'), ('private', 'Private information'), ('misleading', 'Misleading claim about evidence'), ('other', 'Something else (say what)'), ('first_post', 'First comment of a new member'), ('link', "A new member's comment with a link")], max_length=12, verbose_name='reason')),
                ('detail', models.CharField(blank=True, max_length=1000, verbose_name='more about it')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='discussions.comment')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='discussions.decision')),
                ('is_automatic', models.BooleanField(db_default=False, default=False, verbose_name='automatic')),
                ('taken_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ('-created_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('reporter__isnull', False)), fields=('comment', 'reporter'), name='discussions_report_one_a_person'), models.CheckConstraint(condition=models.Q(('reason__in', ['spam', 'unkind', 'off_topic', 'danger', 'emergency', 'private', 'misleading', 'other', 'first_post', 'link'])), name='discussions_report_reason_listed'), models.CheckConstraint(condition=models.Q(('is_automatic', False), ('reporter__isnull', True), _connector='OR'), name='discussions_report_automatic_by_nobody')],
                'indexes': [models.Index(condition=models.Q(('decision__isnull', True)), fields=['created_at', 'reason', 'comment'], name='discussions_open_reports')],
            },
        ),
        migrations.CreateModel(
            name='LastVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='seen at')),
                ('newest_key', models.PositiveBigIntegerField(default=0)),
                ('previous_key', models.PositiveBigIntegerField(null=True)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.thread')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'last visit',
                'verbose_name_plural': 'last visits',
                'constraints': [models.UniqueConstraint(fields=('user', 'thread'), name='discussions_lastvisit_one_each'), models.CheckConstraint(condition=models.Q(('previous_key__isnull', True), ('previous_key__lte', models.F('newest_key')), _connector='OR'), name='discussions_lastvisit_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='announcement', serialize=False, to='discussions.comment')),
            ],
            options={
                'verbose_name': 'announced comment',
                'verbose_name_plural': 'announced comments',
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('condition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='conditions.condition')),
                ('remedy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='remedies.remedy')),
                ('thread', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='discussions.thread')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'follow',
                'verbose_name_plural': 'follows',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('condition__isnull', True), ('remedy__isnull', False), ('thread__isnull', True)), models.Q(('condition__isnull', False), ('remedy__isnull', True), ('thread__isnull', True)), models.Q(('condition__isnull', True), ('remedy__isnull', True), ('thread__isnull', False)), _connector='OR'), name='discussions_follow_of_one_thing'), models.UniqueConstraint(condition=models.Q(('remedy__isnull', False)), fields=('user', 'remedy'), name='discussions_follow_remedy_once'), models.UniqueConstraint(condition=models.Q(('condition__isnull', False)), fields=('user', 'condition'), name='discussions_follow_condition_once'), models.UniqueConstraint(condition=models.Q(('thread__isnull', False)), fields=('user', 'thread'), name='discussions_follow_thread_once')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='why the decision is wrong')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
                ('outcome', models.CharField(blank=True, choices=[('', 'waits for another moderator'), ('upheld', 'the decision stands'), ('overturned', 'the decision was taken back')], default='', max_length=10, verbose_name='outcome')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='answer')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='discussions.decision')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'upheld', 'overturned'])), name='discussions_appeal_outcome_listed'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='discussions_appeal_with_text'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='discussions_appeal_decided_with_answer')],
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['id'], name='discussions_open_appeals')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=1000, verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='discussions.comment')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='discussions_note_with_text')],
            },
        ),
        migrations.CreateModel(
            name='VoteBurst',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.SmallIntegerField(verbose_name='direction')),
                ('first_at', models.DateTimeField(verbose_name='first vote at')),
                ('last_at', models.DateTimeField(verbose_name='last vote at')),
                ('votes', models.PositiveIntegerField(verbose_name='votes')),
                ('young_votes', models.PositiveIntegerField(verbose_name='votes by young accounts')),
                ('state', models.CharField(choices=[('open', 'a burst of votes waits for a moderator'), ('kept', 'a burst of votes was looked at, and the votes count'), ('taken_out', 'a burst of votes was taken out of the counts'), ('again', 'votes that had been taken out count again')], default='open', max_length=9, verbose_name='state')),
                ('decided_at', models.DateTimeField(db_index=True, null=True, verbose_name='decided at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bursts', to='discussions.comment')),
                ('comment_votes', models.ManyToManyField(related_name='+', to='discussions.commentvote')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bursts', to='remedies.remedyconditionentry')),
                ('entry_votes', models.ManyToManyField(related_name='+', to='remedies.entryvote')),
            ],
            options={
                'verbose_name': 'burst of votes',
                'verbose_name_plural': 'bursts of votes',
                'ordering': ('-last_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'kept', 'taken_out', 'again'])), name='discussions_voteburst_state_listed'), models.CheckConstraint(condition=models.Q(models.Q(('comment__isnull', False), ('entry__isnull', True)), models.Q(('comment__isnull', True), ('entry__isnull', False)), _connector='OR'), name='discussions_voteburst_on_one_thing'), models.CheckConstraint(condition=models.Q(('direction__in', [1, -1])), name='discussions_voteburst_up_or_down'), models.CheckConstraint(condition=models.Q(('first_at__lte', models.F('last_at'))), name='discussions_voteburst_first_before_last'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='discussions_voteburst_decided_at'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taken_out', 'again']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='discussions_voteburst_with_reason'), models.UniqueConstraint(condition=models.Q(('entry__isnull', False)), fields=('entry', 'direction', 'first_at'), name='discussions_voteburst_once_an_entry'), models.UniqueConstraint(condition=models.Q(('comment__isnull', False)), fields=('comment', 'direction', 'first_at'), name='discussions_voteburst_once_a_comment')],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['id'], name='discussions_open_bursts')],
            },
        ),
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision_number', models.PositiveIntegerField(verbose_name='version')),
                ('part', models.CharField(max_length=20, verbose_name='part of the page')),
                ('place', models.CharField(max_length=80, verbose_name='place')),
                ('claim', models.TextField(blank=True, verbose_name='claim')),
                ('quote', models.CharField(blank=True, max_length=600, verbose_name='words quoted')),
                ('kind', models.CharField(choices=[('correction', 'This is wrong or out of date'), ('source', 'Here is a source to add')], max_length=10, verbose_name='kind')),
                ('text', models.TextField(verbose_name='text')),
                ('source_type', models.CharField(blank=True, choices=[('doi', 'DOI'), ('pmid', 'PubMed'), ('pmcid', 'PubMed Central'), ('nct', 'ClinicalTrials.gov'), ('url', 'address')], max_length=5, verbose_name='kind of source')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='source')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
                ('visibility', models.CharField(choices=[('visible', 'public'), ('held', 'waits until an editor has looked'), ('removed', 'removed')], max_length=7, verbose_name='shown')),
                ('care', models.CharField(blank=True, max_length=200, verbose_name='what the rules noticed')),
                ('removal_reason', models.CharField(blank=True, max_length=200, verbose_name='reason for removal')),
                ('state', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=8, verbose_name='state')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='answer')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('credited_number', models.PositiveIntegerField(null=True, verbose_name='version that followed')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='challenges', to=settings.AUTH_USER_MODEL)),
                ('condition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='conditions.condition')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='remedies.remedyconditionentry')),
                ('remedy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='remedies.remedy')),
            ],
            options={
                'verbose_name': 'challenge',
                'verbose_name_plural': 'challenges',
                'ordering': ('pk',),
                'permissions': (('decide_challenge', 'Can decide on challenges'),),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['correction', 'source'])), name='discussions_challenge_kind_listed'), models.CheckConstraint(condition=models.Q(('source_type__in', ['doi', 'pmid', 'pmcid', 'nct', 'url', ''])), name='discussions_challenge_source_type_listed'), models.CheckConstraint(condition=models.Q(('visibility__in', ['visible', 'held', 'removed'])), name='discussions_challenge_visibility_listed'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'declined'])), name='discussions_challenge_state_listed'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='discussions_challenge_text_filled'), models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='discussions_challenge_place_filled'), models.CheckConstraint(condition=models.Q(models.Q(('condition__isnull', True), ('entry__isnull', True), ('remedy__isnull', False)), models.Q(('condition__isnull', False), ('entry__isnull', True), ('remedy__isnull', True)), models.Q(('condition__isnull', True), ('entry__isnull', False), ('remedy__isnull', True)), _connector='OR'), name='discussions_challenge_of_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), ('source_type', '')), models.Q(models.Q(('source_type', ''), _negated=True), models.Q(('source', ''), _negated=True)), _connector='OR'), name='discussions_challenge_source_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'source'), _negated=True), models.Q(('source', ''), _negated=True), _connector='OR'), name='discussions_challenge_names_its_source'), models.CheckConstraint(condition=models.Q(models.Q(('visibility', 'removed'), models.Q(('removal_reason', ''), _negated=True)), models.Q(models.Q(('visibility', 'removed'), _negated=True), ('removal_reason', '')), _connector='OR'), name='discussions_challenge_removed_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('answer', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='discussions_challenge_decided_with_answer'), models.CheckConstraint(condition=models.Q(('credited_number__isnull', True), ('state', 'accepted'), _connector='OR'), name='discussions_challenge_credited_is_accepted')],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['id'], name='discussions_open_challenges'), models.Index(condition=models.Q(('visibility', 'visible')), fields=['state', 'id'], name='discussions_shown_challenges')],
            },
        ),
    ]
