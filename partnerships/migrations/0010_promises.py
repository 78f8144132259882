import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('partnerships', '0009_readers_as_before'),
        ('accounts', '0005_default_readers'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('practices', '0005_search_is_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('readers', models.CharField(choices=[('author', 'Only me'), ('named', 'Named colleagues'), ('equity_team', 'Equity leads'), ('staff', 'All staff')], default='equity_team', max_length=12, verbose_name='who may read this')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('submission_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='submission key')),
                ('direction', models.CharField(choices=[('ours', 'We promised'), ('theirs', 'They offered')], max_length=6, verbose_name='who promised')),
                ('what', models.CharField(max_length=240, verbose_name='what')),
                ('promised_on', models.DateField(verbose_name='promised on')),
                ('due_on', models.DateField(verbose_name='by when')),
                ('first_due_on', models.DateField(editable=False, verbose_name='the first date promised')),
                ('counts_on', models.DateField(editable=False, help_text='The first date, or the latest one that the partner agreed to.', verbose_name='the date that counts')),
                ('has_changed', models.BooleanField(default=False, editable=False, verbose_name='has another date')),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('broken', 'Broken')], default='open', editable=False, max_length=6, verbose_name='state')),
                ('settled_on', models.DateField(editable=False, null=True, verbose_name='kept or broken on')),
                ('settled_at', models.DateTimeField(editable=False, null=True, verbose_name='said at')),
                ('evidence', models.TextField(blank=True, editable=False, verbose_name='how one can see that it was kept')),
                ('reason', models.TextField(blank=True, editable=False, verbose_name='why it was broken')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created at')),
                ('search_vector', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('what'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='A'), '||', django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('evidence'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('reason'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='C'), django.contrib.postgres.search.SearchConfig('portal_english')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'promise',
                'verbose_name_plural': 'promises',
            },
        ),
        migrations.CreateModel(
            name='PromiseChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_due_on', models.DateField(verbose_name='from')),
                ('to_due_on', models.DateField(verbose_name='to')),
                ('reason', models.TextField(verbose_name='why')),
                ('was_agreed', models.BooleanField(default=False, verbose_name='the partner agreed to it')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'another date of a promise',
                'verbose_name_plural': 'other dates of promises',
            },
        ),
        migrations.CreateModel(
            name='PromiseChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_due_on', models.DateField(verbose_name='from')),
                ('to_due_on', models.DateField(verbose_name='to')),
                ('reason', models.TextField(verbose_name='why')),
                ('was_agreed', models.BooleanField(default=False, verbose_name='the partner agreed to it')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PromiseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('readers', models.CharField(choices=[('author', 'Only me'), ('named', 'Named colleagues'), ('equity_team', 'Equity leads'), ('staff', 'All staff')], default='equity_team', max_length=12, verbose_name='who may read this')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('direction', models.CharField(choices=[('ours', 'We promised'), ('theirs', 'They offered')], max_length=6, verbose_name='who promised')),
                ('what', models.CharField(max_length=240, verbose_name='what')),
                ('promised_on', models.DateField(verbose_name='promised on')),
                ('due_on', models.DateField(verbose_name='by when')),
                ('first_due_on', models.DateField(editable=False, verbose_name='the first date promised')),
                ('counts_on', models.DateField(editable=False, help_text='The first date, or the latest one that the partner agreed to.', verbose_name='the date that counts')),
                ('has_changed', models.BooleanField(default=False, editable=False, verbose_name='has another date')),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('broken', 'Broken')], default='open', editable=False, max_length=6, verbose_name='state')),
                ('settled_on', models.DateField(editable=False, null=True, verbose_name='kept or broken on')),
                ('settled_at', models.DateTimeField(editable=False, null=True, verbose_name='said at')),
                ('evidence', models.TextField(blank=True, editable=False, verbose_name='how one can see that it was kept')),
                ('reason', models.TextField(blank=True, editable=False, verbose_name='why it was broken')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PromiseReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='PromiseReaderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='promise',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='partnerships.contact', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='promise',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='promise',
            name='one_to_one',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='partnerships.onetoone', verbose_name='from the one-to-one'),
        ),
        migrations.AddField(
            model_name='promise',
            name='owner',
            field=models.ForeignKey(help_text='Who carries our promise, or whom theirs was made to.', on_delete=django.db.models.deletion.PROTECT, related_name='promises', to=settings.AUTH_USER_MODEL, verbose_name='who of us'),
        ),
        migrations.AddField(
            model_name='promise',
            name='partner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='partnerships.partnerorganization', verbose_name='organization'),
        ),
        migrations.AddField(
            model_name='promise',
            name='program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='accounts.program', verbose_name='program'),
        ),
        migrations.AddField(
            model_name='promise',
            name='settled_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='said by'),
        ),
        migrations.AddField(
            model_name='promisechange',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='promisechange',
            name='promise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='partnerships.promise'),
        ),
        migrations.AddField(
            model_name='promisechangeevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='promisechangeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='promisechangeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnerships.promisechange'),
        ),
        migrations.AddField(
            model_name='promisechangeevent',
            name='promise',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.promise'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='contact',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.contact', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='created_by',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='one_to_one',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.onetoone', verbose_name='from the one-to-one'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, help_text='Who carries our promise, or whom theirs was made to.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who of us'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='partner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.partnerorganization', verbose_name='organization'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnerships.promise'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='program',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.program', verbose_name='program'),
        ),
        migrations.AddField(
            model_name='promiseevent',
            name='settled_by',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='said by'),
        ),
        migrations.AddField(
            model_name='promisereader',
            name='promise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.promise'),
        ),
        migrations.AddField(
            model_name='promisereader',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='promise',
            name='named_readers',
            field=models.ManyToManyField(blank=True, related_name='+', through='partnerships.PromiseReader', to=settings.AUTH_USER_MODEL, verbose_name='named colleagues'),
        ),
        migrations.AddField(
            model_name='promisereaderevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='promisereaderevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnerships.promisereader'),
        ),
        migrations.AddField(
            model_name='promisereaderevent',
            name='promise',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.promise'),
        ),
        migrations.AddField(
            model_name='promisereaderevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='promisechange',
            constraint=models.CheckConstraint(condition=models.Q(('from_due_on', models.F('to_due_on')), _negated=True), name='promise_change_is_to_another_date', violation_error_message='Choose another day than the present one.'),
        ),
        migrations.AddConstraint(
            model_name='promisechange',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='promise_change_has_a_reason', violation_error_message='Say why.'),
        ),
        migrations.AddConstraint(
            model_name='promisechange',
            constraint=models.CheckConstraint(condition=models.Q(('to_due_on__gte', datetime.date(1990, 1, 1)), ('to_due_on__lt', datetime.date(2100, 1, 1))), name='promise_change_to_due_on_is_sane', violation_error_message='Check the year.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promisechange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_promisechangeevent" ("changed_at", "changed_by_id", "from_due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "reason", "to_due_on", "was_agreed") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."from_due_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."promise_id", NEW."reason", NEW."to_due_on", NEW."was_agreed"); RETURN NULL;', hash='8f84184b762bebe8b591251a3856b587ea7e7711', operation='INSERT', pgid='pgtrigger_insert_insert_13ac6', table='partnerships_promisechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promisechange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnerships_promisechangeevent" ("changed_at", "changed_by_id", "from_due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "reason", "to_due_on", "was_agreed") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."from_due_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."promise_id", NEW."reason", NEW."to_due_on", NEW."was_agreed"); RETURN NULL;', hash='1e483e4a23e206a0031e76ab5806feacc9484c2c', operation='UPDATE', pgid='pgtrigger_update_update_00026', table='partnerships_promisechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promisechange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_promisechangeevent" ("changed_at", "changed_by_id", "from_due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "reason", "to_due_on", "was_agreed") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."from_due_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."promise_id", OLD."reason", OLD."to_due_on", OLD."was_agreed"); RETURN NULL;', hash='e9e2a3c950ec28820c5dfd1a6909c0a13b4ebc54', operation='DELETE', pgid='pgtrigger_delete_delete_ac6cc', table='partnerships_promisechange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='promisereader',
            constraint=models.UniqueConstraint(fields=('promise', 'user'), name='promise_reader_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promisereader',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_promisereaderevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."promise_id", NEW."user_id"); RETURN NULL;', hash='dd9ecc6509294df9d00e9b8ef701998b952170a6', operation='INSERT', pgid='pgtrigger_insert_insert_31848', table='partnerships_promisereader', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promisereader',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnerships_promisereaderevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."promise_id", NEW."user_id"); RETURN NULL;', hash='47cac75af7babc6f9b2a38501594a130ee2ed66d', operation='UPDATE', pgid='pgtrigger_update_update_03e26', table='partnerships_promisereader', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promisereader',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_promisereaderevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."promise_id", OLD."user_id"); RETURN NULL;', hash='568d47dffd6dab7021f59a819d847d42301d3bcb', operation='DELETE', pgid='pgtrigger_delete_delete_639bf', table='partnerships_promisereader', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['due_on', 'id'], name='promise_due_on'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['counts_on'], name='promise_counts_on'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['owner', 'due_on'], name='promise_owner_due_on'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_vector'], name='promise_search'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('partner__isnull', False), ('contact__isnull', False), _connector='OR'), name='promise_is_to_or_from_somebody', violation_error_message='Say which organization or which person.'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evidence', ''), ('reason', ''), ('settled_at__isnull', True), ('settled_on__isnull', True), ('state', 'open')), models.Q(('reason', ''), ('settled_at__isnull', False), ('settled_on__isnull', False), ('state', 'kept')), models.Q(('evidence', ''), ('settled_at__isnull', False), ('settled_on__isnull', False), ('state', 'broken'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='promise_settling_is_whole', violation_error_message='A kept promise has a day; a broken one also a reason.'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='promise_settled_by_somebody', violation_error_message='Say both when this was settled and by whom.'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('first_due_on__gte', models.F('promised_on')), ('due_on__gte', models.F('promised_on')), models.Q(('settled_on__isnull', True), ('settled_on__gte', models.F('promised_on')), _connector='OR')), name='promise_dates_follow_each_other', violation_error_message='This is before the day it was promised.'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('has_changed', True), models.Q(('due_on', models.F('first_due_on')), ('counts_on', models.F('first_due_on'))), _connector='OR'), name='promise_changes_only_when_it_has_changed', violation_error_message='Another date is a change, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('promised_on__gte', datetime.date(1990, 1, 1)), ('promised_on__lt', datetime.date(2100, 1, 1))), name='promise_promised_on_is_sane', violation_error_message='Check the year.'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', datetime.date(1990, 1, 1)), ('due_on__lt', datetime.date(2100, 1, 1))), name='promise_due_on_is_sane', violation_error_message='Check the year.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promise',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_promiseevent" ("contact_id", "counts_on", "created_at", "created_by_id", "direction", "due_on", "evidence", "first_due_on", "has_changed", "id", "one_to_one_id", "owner_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "promised_on", "readers", "reason", "settled_at", "settled_by_id", "settled_on", "state", "version", "what") VALUES (NEW."contact_id", NEW."counts_on", NEW."created_at", NEW."created_by_id", NEW."direction", NEW."due_on", NEW."evidence", NEW."first_due_on", NEW."has_changed", NEW."id", NEW."one_to_one_id", NEW."owner_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."program_id", NEW."promised_on", NEW."readers", NEW."reason", NEW."settled_at", NEW."settled_by_id", NEW."settled_on", NEW."state", NEW."version", NEW."what"); RETURN NULL;', hash='2a87ed5399d0c25b0e84c953ff22bd4b4a170bd8', operation='INSERT', pgid='pgtrigger_insert_insert_47a5e', table='partnerships_promise', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promise',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."counts_on" IS DISTINCT FROM (NEW."counts_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."first_due_on" IS DISTINCT FROM (NEW."first_due_on") OR OLD."has_changed" IS DISTINCT FROM (NEW."has_changed") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."one_to_one_id" IS DISTINCT FROM (NEW."one_to_one_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id") OR OLD."promised_on" IS DISTINCT FROM (NEW."promised_on") OR OLD."readers" IS DISTINCT FROM (NEW."readers") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."settled_at" IS DISTINCT FROM (NEW."settled_at") OR OLD."settled_by_id" IS DISTINCT FROM (NEW."settled_by_id") OR OLD."settled_on" IS DISTINCT FROM (NEW."settled_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."what" IS DISTINCT FROM (NEW."what"))', func='INSERT INTO "partnerships_promiseevent" ("contact_id", "counts_on", "created_at", "created_by_id", "direction", "due_on", "evidence", "first_due_on", "has_changed", "id", "one_to_one_id", "owner_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "promised_on", "readers", "reason", "settled_at", "settled_by_id", "settled_on", "state", "version", "what") VALUES (NEW."contact_id", NEW."counts_on", NEW."created_at", NEW."created_by_id", NEW."direction", NEW."due_on", NEW."evidence", NEW."first_due_on", NEW."has_changed", NEW."id", NEW."one_to_one_id", NEW."owner_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."program_id", NEW."promised_on", NEW."readers", NEW."reason", NEW."settled_at", NEW."settled_by_id", NEW."settled_on", NEW."state", NEW."version", NEW."what"); RETURN NULL;', hash='e63b7996416a33d7c430dbf4f476e1f8b569c1fd', operation='UPDATE', pgid='pgtrigger_update_update_82893', table='partnerships_promise', when='AFTER')),
        ),
    ]
