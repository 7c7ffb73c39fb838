"""What migrations 0001 to 0013 of this app come to, in one step for a new database (ADR 63)."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_allowance'), ('accounts', '0003_colour_scheme'), ('accounts', '0004_actioncount'), ('accounts', '0005_outgoingmail'), ('accounts', '0006_session_rows'), ('accounts', '0007_former_names'), ('accounts', '0008_planned_deletions'), ('accounts', '0009_public_roles'), ('accounts', '0010_notifications'), ('accounts', '0011_name_skeletons'), ('accounts', '0012_sanctions'), ('accounts', '0013_profiles')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('name', models.CharField(error_messages={'unique': 'This name is taken.'}, help_text='Shown beside what you write. It need not be your real name.', max_length=30, unique=True, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?\\Z', 'Use letters, digits, and between them dots, hyphens or underscores.')], verbose_name='name')),
                ('email', models.EmailField(error_messages={'unique': 'An account with this address exists.'}, max_length=254, unique=True, verbose_name='e-mail address')),
                ('consented_at', models.DateTimeField(blank=True, help_text='When this person agreed that we store what they write about their health.', null=True, verbose_name='consented at')),
                ('is_active', models.BooleanField(default=True, verbose_name='may log in')),
                ('is_staff', models.BooleanField(default=False, verbose_name="may enter the editors' desk")),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('colour_scheme', models.CharField(blank=True, choices=[('', 'As my device is set'), ('light', 'Light'), ('dark', 'Dark')], default='', max_length=5, verbose_name='colours')),
                ('credential_checked_on', models.DateField(blank=True, help_text='Of a clinician: the day on which one of us found the person in the register.', null=True, verbose_name='credential checked on')),
                ('credential_register', models.CharField(blank=True, db_default='', default='', help_text='Of a clinician: which register, and the number in it. Readers do not see it.', max_length=100, verbose_name='register')),
                ('public_role', models.CharField(blank=True, choices=[('', 'none'), ('editor', 'Editor'), ('moderator', 'Moderator'), ('clinician', 'Clinician')], db_default='', default='', max_length=9, verbose_name='word beside the name')),
                ('digest_mailed_at', models.DateTimeField(editable=False, null=True)),
                ('is_name_older', models.BooleanField(db_default=False, default=False, editable=False, help_text='Chosen before names that look like another were refused, and like another.')),
                ('name_skeleton', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(django.db.models.functions.text.Replace(models.F('name'), models.Value('I'), models.Value('l'))), models.Value('0'), models.Value('o')), models.Value('1'), models.Value('l')), models.Value('m'), models.Value('rn')), output_field=models.CharField(max_length=60))),
                ('shows_comments', models.BooleanField(db_default=False, default=False, editable=False, help_text='The person chose so: it tells others what they care about.', verbose_name='comments listed on the profile')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='accounts_user_name_any_case', violation_error_message='This name is taken.'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_user_email_any_case', violation_error_message='An account with this address exists.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='accounts_user_name_filled'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='accounts_user_email_filled'), models.CheckConstraint(condition=models.Q(('colour_scheme__in', ['', 'light', 'dark'])), name='accounts_user_colour_scheme_listed'), models.CheckConstraint(condition=models.Q(('public_role__in', ['', 'editor', 'moderator', 'clinician'])), name='accounts_user_public_role_listed'), models.CheckConstraint(condition=models.Q(models.Q(('credential_checked_on__isnull', False), ('public_role', 'clinician'), models.Q(('credential_register', ''), _negated=True)), models.Q(models.Q(('public_role', 'clinician'), _negated=True), ('credential_checked_on__isnull', True), ('credential_register', '')), _connector='OR'), name='accounts_user_clinician_with_register', violation_error_message='A clinician has a register and the day on which it was checked; others have neither.'), models.UniqueConstraint(condition=models.Q(('is_name_older', False)), fields=('name_skeleton',), name='accounts_user_name_looks_like_no_other', violation_error_message='This name looks like that of somebody else here. Choose one that differs more.'), models.CheckConstraint(condition=models.Q(('shows_comments', False), ('consented_at__isnull', False), _connector='OR'), name='accounts_user_shows_comments_with_consent')],
            },
        ),
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=20)),
                ('spent_until', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allowances', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'deed'), name='accounts_allowance_one_a_deed'), models.CheckConstraint(condition=models.Q(('deed', ''), _negated=True), name='accounts_allowance_deed_filled')],
            },
        ),
        migrations.CreateModel(
            name='ActionCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('count', models.PositiveIntegerField()),
                ('window_ends', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='accounts_actioncount_positive')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.CharField(max_length=255, unique=True)),
                ('sender', models.CharField(max_length=320)),
                ('recipients', models.JSONField()),
                ('content', models.BinaryField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('message_id', ''), _negated=True), name='accounts_outgoingmail_message_id_filled')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('device', models.CharField(blank=True, max_length=60)),
                ('last_used_on', models.DateField(default=django.utils.timezone.localdate)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('started_at', None), ('user', None)), models.Q(('started_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='accounts_session_started_at_of_user')],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to=settings.AUTH_USER_MODEL)),
                ('name_skeleton', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(django.db.models.functions.text.Replace(models.F('name'), models.Value('I'), models.Value('l'))), models.Value('0'), models.Value('o')), models.Value('1'), models.Value('l')), models.Value('m'), models.Value('rn')), output_field=models.CharField(max_length=60))),
            ],
            options={
                'verbose_name': 'former name',
                'verbose_name_plural': 'former names',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='accounts_formername_any_case'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='accounts_formername_filled')],
                'indexes': [models.Index(fields=['name_skeleton'], name='accounts_formername_skeleton')],
            },
        ),
        migrations.CreateModel(
            name='AccountDeletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.BooleanField(verbose_name='erase the text of comments')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='requested at')),
                ('due_at', models.DateTimeField(db_index=True, verbose_name='due at')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='deletion', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'planned deletion',
                'verbose_name_plural': 'planned deletions',
                'constraints': [models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('requested_at'))), name='accounts_accountdeletion_due_after_request')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'Replies to you'), ('followed_comment', 'New comments in discussions that you follow'), ('followed_update', 'Changes of pages that you follow'), ('report_decided', 'Decisions on what you reported'), ('content_decided', 'Decisions on what you wrote'), ('urgent', 'What moderators have to see at once')], max_length=20, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('url', models.CharField(max_length=300, verbose_name='path')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created at')),
                ('read_at', models.DateTimeField(null=True, verbose_name='read at')),
                ('mailed_at', models.DateTimeField(null=True, verbose_name='mailed at')),
                ('mail_due', models.BooleanField(default=False, verbose_name='mail at once')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['reply', 'followed_comment', 'followed_update', 'report_decided', 'content_decided', 'urgent'])), name='accounts_notification_kind_listed'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='accounts_notification_title_filled'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Left('url', 1), models.Value('/')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Left('url', 2), models.Value('//')), _negated=True)), name='accounts_notification_path_of_ours'), models.CheckConstraint(condition=models.Q(('mail_due', False), ('mailed_at__isnull', True), _connector='OR'), name='accounts_notification_mailed_once'), models.UniqueConstraint(condition=models.Q(('read_at__isnull', True)), fields=('user', 'kind', 'url'), name='accounts_notification_unread_once')],
                'indexes': [models.Index(models.F('user'), models.OrderBy(models.F('id'), descending=True), name='accounts_inbox'), models.Index(condition=models.Q(('read_at__isnull', False)), fields=['read_at'], name='accounts_notifications_read'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['created_at'], name='accounts_notifications_unread'), models.Index(condition=models.Q(('mail_due', True)), fields=['id'], name='accounts_notifications_due')],
            },
        ),
        migrations.CreateModel(
            name='NotificationSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'Replies to you'), ('followed_comment', 'New comments in discussions that you follow'), ('followed_update', 'Changes of pages that you follow'), ('report_decided', 'Decisions on what you reported'), ('content_decided', 'Decisions on what you wrote'), ('urgent', 'What moderators have to see at once')], max_length=20, verbose_name='kind')),
                ('timing', models.CharField(choices=[('off', 'No mail'), ('at_once', 'A mail at once'), ('daily', 'One mail a day for all')], max_length=8, verbose_name='mail')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_settings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'setting of notifications',
                'verbose_name_plural': 'settings of notifications',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['reply', 'followed_comment', 'followed_update', 'report_decided', 'content_decided', 'urgent'])), name='accounts_notificationsetting_kind_listed'), models.CheckConstraint(condition=models.Q(('timing__in', ['off', 'at_once', 'daily'])), name='accounts_notificationsetting_timing_listed'), models.CheckConstraint(condition=models.Q(('kind__in', ['urgent']), _negated=True), name='accounts_notificationsetting_can_be_chosen'), models.UniqueConstraint(fields=('user', 'kind'), name='accounts_notificationsetting_one_a_kind')],
                'indexes': [models.Index(condition=models.Q(('timing', 'daily')), fields=['user', 'kind'], name='accounts_daily_mails')],
            },
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reminder', 'reminder'), ('pause', 'short pause'), ('long', 'long pause'), ('suspended', 'suspension')], max_length=9, verbose_name='kind')),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='began at')),
                ('ends_at', models.DateTimeField(null=True, verbose_name='ends at')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='lifted at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sanctions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sanction',
                'verbose_name_plural': 'sanctions',
                'ordering': ('-began_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['reminder', 'pause', 'long', 'suspended'])), name='accounts_sanction_kind_listed'), models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', False), ('kind__in', ['pause', 'long'])), models.Q(('ends_at__isnull', True), ('kind__in', ['reminder', 'suspended'])), _connector='OR'), name='accounts_sanction_pauses_end')],
            },
        ),
    ]
