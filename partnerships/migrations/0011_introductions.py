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
        ('partnerships', '0010_promises'),
        ('accounts', '0005_default_readers'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('practices', '0005_search_is_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submission_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='submission key')),
                ('due_on', models.DateField(verbose_name='by when to meet together')),
                ('happened_on', models.DateField(editable=False, null=True, verbose_name='happened on')),
                ('dropped_at', models.DateTimeField(editable=False, null=True, verbose_name='dropped at')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'introduction',
                'verbose_name_plural': 'introductions',
            },
        ),
        migrations.CreateModel(
            name='IntroductionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('submission_key', models.UUIDField(editable=False, null=True, verbose_name='submission key')),
                ('due_on', models.DateField(verbose_name='by when to meet together')),
                ('happened_on', models.DateField(editable=False, null=True, verbose_name='happened on')),
                ('dropped_at', models.DateTimeField(editable=False, null=True, verbose_name='dropped at')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='introduction',
            name='colleague',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='introductions', to=settings.AUTH_USER_MODEL, verbose_name='which colleague'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='introductions', to='partnerships.contact', verbose_name='to whom'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='dropped_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dropped by'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='follow_up',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='introductions', to='partnerships.followup', verbose_name='follow-up'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='introduced_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='one_to_one',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='introductions', to='partnerships.onetoone', verbose_name='one-to-one'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='introductions', to='partnerships.partnerorganization', verbose_name='organization'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='colleague',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='which colleague'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='contact',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.contact', verbose_name='to whom'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='created_by',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='dropped_by',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dropped by'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='follow_up',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.followup', verbose_name='follow-up'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='introduced_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='one_to_one',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.onetoone', verbose_name='one-to-one'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.partnerorganization', verbose_name='organization'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='introductionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnerships.introduction'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(('colleague', models.F('introduced_by')), _negated=True), name='introduction_is_of_somebody_else', violation_error_message='Choose a colleague other than yourself.'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True), ('happened_on__isnull', True)), fields=('partner', 'colleague'), name='introduction_is_proposed_once', violation_error_message='This introduction is under way already.'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(('happened_on__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='introduction_happened_or_was_dropped', violation_error_message='What happened cannot be dropped.'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', True), ('dropped_by__isnull', True)), models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False)), _connector='OR'), name='introduction_drop_is_whole', violation_error_message='Say both when this was dropped and by whom.'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', datetime.date(1990, 1, 1)), ('due_on__lt', datetime.date(2100, 1, 1))), name='introduction_due_on_is_sane', violation_error_message='Check the year.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='introduction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_introductionevent" ("colleague_id", "contact_id", "created_at", "created_by_id", "dropped_at", "dropped_by_id", "due_on", "follow_up_id", "happened_on", "id", "introduced_by_id", "one_to_one_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission_key") VALUES (NEW."colleague_id", NEW."contact_id", NEW."created_at", NEW."created_by_id", NEW."dropped_at", NEW."dropped_by_id", NEW."due_on", NEW."follow_up_id", NEW."happened_on", NEW."id", NEW."introduced_by_id", NEW."one_to_one_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."submission_key"); RETURN NULL;', hash='b99b9eac95cf7120e2df475130c7e0381e543c64', operation='INSERT', pgid='pgtrigger_insert_insert_ba6d0', table='partnerships_introduction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='introduction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnerships_introductionevent" ("colleague_id", "contact_id", "created_at", "created_by_id", "dropped_at", "dropped_by_id", "due_on", "follow_up_id", "happened_on", "id", "introduced_by_id", "one_to_one_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission_key") VALUES (NEW."colleague_id", NEW."contact_id", NEW."created_at", NEW."created_by_id", NEW."dropped_at", NEW."dropped_by_id", NEW."due_on", NEW."follow_up_id", NEW."happened_on", NEW."id", NEW."introduced_by_id", NEW."one_to_one_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."submission_key"); RETURN NULL;', hash='4f75a13ca09603ca4064e46dd367ab9810784e17', operation='UPDATE', pgid='pgtrigger_update_update_b88ac', table='partnerships_introduction', when='AFTER')),
        ),
    ]
