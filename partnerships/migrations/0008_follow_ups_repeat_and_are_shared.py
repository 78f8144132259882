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
        ('partnerships', '0007_one_to_ones_and_other_touches'),
        ('accounts', '0005_default_readers'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('practices', '0005_search_is_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name='followup', name='follow_up_search'),
        migrations.CreateModel(
            name='FollowUpReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='FollowUpReaderEvent',
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
        pgtrigger.migrations.RemoveTrigger(
            model_name='followup',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='followup',
            name='update_update',
        ),
        migrations.AddField(
            model_name='followup',
            name='cancel_reason',
            field=models.CharField(blank=True, editable=False, max_length=240, verbose_name='why not'),
        ),
        migrations.AddField(
            model_name='followup',
            name='cancelled_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='cancelled at'),
        ),
        migrations.AddField(
            model_name='followup',
            name='cancelled_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cancelled by'),
        ),
        migrations.AddField(
            model_name='followup',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='partnerships.contact', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='followup',
            name='note',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='followup',
            name='readers',
            field=models.CharField(choices=[('author', 'Only me'), ('named', 'Named colleagues'), ('equity_team', 'Equity leads'), ('staff', 'All staff')], default='equity_team', max_length=12, verbose_name='who may read this'),
        ),
        migrations.AddField(
            model_name='followup',
            name='repeat_weeks',
            field=models.PositiveSmallIntegerField(blank=True, help_text='It starts again from the last real contact. Leave empty for once.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(104)], verbose_name='again every … weeks'),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='cancel_reason',
            field=models.CharField(blank=True, editable=False, max_length=240, verbose_name='why not'),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='cancelled_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='cancelled at'),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='cancelled_by',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cancelled by'),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='contact',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.contact', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='note',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='readers',
            field=models.CharField(choices=[('author', 'Only me'), ('named', 'Named colleagues'), ('equity_team', 'Equity leads'), ('staff', 'All staff')], default='equity_team', max_length=12, verbose_name='who may read this'),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='repeat_weeks',
            field=models.PositiveSmallIntegerField(blank=True, help_text='It starts again from the last real contact. Leave empty for once.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(104)], verbose_name='again every … weeks'),
        ),
        # PostgreSQL cannot change what a generated column is made of.
        migrations.RemoveField(model_name='followup', name="search_vector"),
        migrations.AddField(
            model_name='followup',
            name='search_vector',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('what'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='A'), '||', django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('note'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='C'), django.contrib.postgres.search.SearchConfig('portal_english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='followup', index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name='follow_up_search')),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_followupevent" ("archived_at", "archived_by_id", "assignee_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "completed_at", "completed_by_id", "contact_id", "created_at", "created_by_id", "due_on", "id", "note", "one_to_one_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "readers", "repeat_weeks", "version", "what") VALUES (NEW."archived_at", NEW."archived_by_id", NEW."assignee_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."completed_at", NEW."completed_by_id", NEW."contact_id", NEW."created_at", NEW."created_by_id", NEW."due_on", NEW."id", NEW."note", NEW."one_to_one_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."readers", NEW."repeat_weeks", NEW."version", NEW."what"); RETURN NULL;', hash='d5370dc8af377d50b359d27bdc3ccb41ba6bd48f', operation='INSERT', pgid='pgtrigger_insert_insert_01961', table='partnerships_followup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."archived_by_id" IS DISTINCT FROM (NEW."archived_by_id") OR OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."completed_at" IS DISTINCT FROM (NEW."completed_at") OR OLD."completed_by_id" IS DISTINCT FROM (NEW."completed_by_id") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."one_to_one_id" IS DISTINCT FROM (NEW."one_to_one_id") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."readers" IS DISTINCT FROM (NEW."readers") OR OLD."repeat_weeks" IS DISTINCT FROM (NEW."repeat_weeks") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."what" IS DISTINCT FROM (NEW."what"))', func='INSERT INTO "partnerships_followupevent" ("archived_at", "archived_by_id", "assignee_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "completed_at", "completed_by_id", "contact_id", "created_at", "created_by_id", "due_on", "id", "note", "one_to_one_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "readers", "repeat_weeks", "version", "what") VALUES (NEW."archived_at", NEW."archived_by_id", NEW."assignee_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."completed_at", NEW."completed_by_id", NEW."contact_id", NEW."created_at", NEW."created_by_id", NEW."due_on", NEW."id", NEW."note", NEW."one_to_one_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."readers", NEW."repeat_weeks", NEW."version", NEW."what"); RETURN NULL;', hash='fe44701c6bc1f4c310d2aeca5b1fad3ab52c4c99', operation='UPDATE', pgid='pgtrigger_update_update_965e2', table='partnerships_followup', when='AFTER')),
        ),
        migrations.AddField(
            model_name='followupreader',
            name='follow_up',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.followup'),
        ),
        migrations.AddField(
            model_name='followupreader',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='followup',
            name='named_readers',
            field=models.ManyToManyField(blank=True, related_name='+', through='partnerships.FollowUpReader', to=settings.AUTH_USER_MODEL, verbose_name='named colleagues'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(fields=['due_on', 'id'], name='follow_up_due_on'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='follow_up_cancelling_is_whole', violation_error_message='Say when, by whom and why this was cancelled.'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('completed_at__isnull', True), ('cancelled_at__isnull', True), _connector='OR'), name='follow_up_is_done_or_cancelled', violation_error_message='What is done cannot be cancelled.'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('repeat_weeks__isnull', True), ('repeat_weeks__range', (1, 104)), _connector='OR'), name='follow_up_repeats_in_weeks', violation_error_message='Between 1 and 104 weeks.'),
        ),
        migrations.AddField(
            model_name='followupreaderevent',
            name='follow_up',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.followup'),
        ),
        migrations.AddField(
            model_name='followupreaderevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='followupreaderevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnerships.followupreader'),
        ),
        migrations.AddField(
            model_name='followupreaderevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='followupreader',
            constraint=models.UniqueConstraint(fields=('follow_up', 'user'), name='follow_up_reader_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupreader',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_followupreaderevent" ("follow_up_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."follow_up_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='1e0fd0931442afdf3329d5c1cbad0c80e56b549e', operation='INSERT', pgid='pgtrigger_insert_insert_c5b5a', table='partnerships_followupreader', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupreader',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnerships_followupreaderevent" ("follow_up_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."follow_up_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='347df5a4fa10594a2370a4afe25bee76d7690077', operation='UPDATE', pgid='pgtrigger_update_update_bf276', table='partnerships_followupreader', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupreader',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_followupreaderevent" ("follow_up_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."follow_up_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='d714b8d8f283772b6205e8d7d62987dc50fdc543', operation='DELETE', pgid='pgtrigger_delete_delete_0bc58', table='partnerships_followupreader', when='AFTER')),
        ),
    ]
