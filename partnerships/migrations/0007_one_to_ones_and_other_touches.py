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
        ('partnerships', '0006_partners_and_contacts_say_more'),
        ('accounts', '0005_default_readers'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('practices', '0005_search_is_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name='onetoone', name='one_to_one_search'),
        migrations.CreateModel(
            name='OneToOneReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='OneToOneReaderEvent',
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
            model_name='onetoone',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='onetoone',
            name='update_update',
        ),
        migrations.RemoveIndex(
            model_name='onetoone',
            name='one_to_one_held_at',
        ),
        migrations.AddField(
            model_name='onetoone',
            name='access_needs',
            field=models.TextField(blank=True, verbose_name='access needs'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='asked_and_offered',
            field=models.TextField(blank=True, verbose_name='what they asked and offered'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='can_and_cannot',
            field=models.TextField(blank=True, verbose_name='what we said we can and cannot do'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='connections',
            field=models.TextField(blank=True, verbose_name='whom they answer to and are connected with'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='has_permission',
            field=models.BooleanField(default=False, verbose_name='they know that we write this down'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='issues',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='issues and campaigns'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='kind',
            field=models.CharField(choices=[('introductory', 'First one-to-one'), ('maintenance', 'Keeping in touch'), ('escalation', 'Working through something hard'), ('event', 'Event we attended'), ('meeting', 'Group meeting'), ('call', 'Group call'), ('briefing', 'Briefing')], default='maintenance', max_length=12, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='language',
            field=models.CharField(blank=True, max_length=60, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='place',
            field=models.CharField(blank=True, max_length=120, verbose_name='where, or by what means'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='purpose',
            field=models.TextField(blank=True, verbose_name='what it was for'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='time_paid',
            field=models.CharField(blank=True, choices=[('not_paid', 'Not paid'), ('to_be_paid', 'To be paid'), ('paid', 'Paid')], max_length=12, verbose_name='was their time paid'),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='title',
            field=models.CharField(blank=True, max_length=160, verbose_name='what it was'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='access_needs',
            field=models.TextField(blank=True, verbose_name='access needs'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='asked_and_offered',
            field=models.TextField(blank=True, verbose_name='what they asked and offered'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='can_and_cannot',
            field=models.TextField(blank=True, verbose_name='what we said we can and cannot do'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='connections',
            field=models.TextField(blank=True, verbose_name='whom they answer to and are connected with'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='has_permission',
            field=models.BooleanField(default=False, verbose_name='they know that we write this down'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='issues',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='issues and campaigns'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='kind',
            field=models.CharField(choices=[('introductory', 'First one-to-one'), ('maintenance', 'Keeping in touch'), ('escalation', 'Working through something hard'), ('event', 'Event we attended'), ('meeting', 'Group meeting'), ('call', 'Group call'), ('briefing', 'Briefing')], default='maintenance', max_length=12, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='language',
            field=models.CharField(blank=True, max_length=60, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='place',
            field=models.CharField(blank=True, max_length=120, verbose_name='where, or by what means'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='purpose',
            field=models.TextField(blank=True, verbose_name='what it was for'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='time_paid',
            field=models.CharField(blank=True, choices=[('not_paid', 'Not paid'), ('to_be_paid', 'To be paid'), ('paid', 'Paid')], max_length=12, verbose_name='was their time paid'),
        ),
        migrations.AddField(
            model_name='onetooneevent',
            name='title',
            field=models.CharField(blank=True, max_length=160, verbose_name='what it was'),
        ),
        migrations.AlterField(
            model_name='onetoone',
            name='readers',
            field=models.CharField(choices=[('author', 'Only me'), ('named', 'Named colleagues'), ('equity_team', 'Equity leads'), ('staff', 'All staff')], default='equity_team', max_length=12, verbose_name='who may read this'),
        ),
        # PostgreSQL cannot change what a generated column is made of.
        migrations.RemoveField(model_name='onetoone', name="search_vector"),
        migrations.AddField(
            model_name='onetoone',
            name='search_vector',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('title'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='A'), '||', django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.Func(models.F('issues'), function='portal_words', output_field=models.TextField()), models.Value(''), output_field=models.TextField()), config='portal_english', weight='B'), django.contrib.postgres.search.SearchConfig('portal_english')), '||', django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('what_mattered'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('purpose'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('connections'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('asked_and_offered'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('can_and_cannot'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='C'), django.contrib.postgres.search.SearchConfig('portal_english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='onetoone', index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name='one_to_one_search')),
        migrations.AlterField(
            model_name='onetooneevent',
            name='readers',
            field=models.CharField(choices=[('author', 'Only me'), ('named', 'Named colleagues'), ('equity_team', 'Equity leads'), ('staff', 'All staff')], default='equity_team', max_length=12, verbose_name='who may read this'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onetoone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_onetooneevent" ("access_needs", "archived_at", "archived_by_id", "asked_and_offered", "can_and_cannot", "connections", "created_at", "created_by_id", "has_permission", "held_at", "id", "issues", "kind", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "purpose", "readers", "time_paid", "title", "version", "what_mattered") VALUES (NEW."access_needs", NEW."archived_at", NEW."archived_by_id", NEW."asked_and_offered", NEW."can_and_cannot", NEW."connections", NEW."created_at", NEW."created_by_id", NEW."has_permission", NEW."held_at", NEW."id", NEW."issues", NEW."kind", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."purpose", NEW."readers", NEW."time_paid", NEW."title", NEW."version", NEW."what_mattered"); RETURN NULL;', hash='71fc85fe32ad98bc451714b5c530bfccc4cc7875', operation='INSERT', pgid='pgtrigger_insert_insert_16b46', table='partnerships_onetoone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onetoone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."access_needs" IS DISTINCT FROM (NEW."access_needs") OR OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."archived_by_id" IS DISTINCT FROM (NEW."archived_by_id") OR OLD."asked_and_offered" IS DISTINCT FROM (NEW."asked_and_offered") OR OLD."can_and_cannot" IS DISTINCT FROM (NEW."can_and_cannot") OR OLD."connections" IS DISTINCT FROM (NEW."connections") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."has_permission" IS DISTINCT FROM (NEW."has_permission") OR OLD."held_at" IS DISTINCT FROM (NEW."held_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issues" IS DISTINCT FROM (NEW."issues") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."readers" IS DISTINCT FROM (NEW."readers") OR OLD."time_paid" IS DISTINCT FROM (NEW."time_paid") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."what_mattered" IS DISTINCT FROM (NEW."what_mattered"))', func='INSERT INTO "partnerships_onetooneevent" ("access_needs", "archived_at", "archived_by_id", "asked_and_offered", "can_and_cannot", "connections", "created_at", "created_by_id", "has_permission", "held_at", "id", "issues", "kind", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "purpose", "readers", "time_paid", "title", "version", "what_mattered") VALUES (NEW."access_needs", NEW."archived_at", NEW."archived_by_id", NEW."asked_and_offered", NEW."can_and_cannot", NEW."connections", NEW."created_at", NEW."created_by_id", NEW."has_permission", NEW."held_at", NEW."id", NEW."issues", NEW."kind", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."purpose", NEW."readers", NEW."time_paid", NEW."title", NEW."version", NEW."what_mattered"); RETURN NULL;', hash='9ac551400cc167d870381da78026200311cb5d51', operation='UPDATE', pgid='pgtrigger_update_update_a3b62', table='partnerships_onetoone', when='AFTER')),
        ),
        migrations.AddField(
            model_name='onetoonereader',
            name='one_to_one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.onetoone'),
        ),
        migrations.AddField(
            model_name='onetoonereader',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='onetoone',
            name='named_readers',
            field=models.ManyToManyField(blank=True, related_name='+', through='partnerships.OneToOneReader', to=settings.AUTH_USER_MODEL, verbose_name='named colleagues'),
        ),
        migrations.AddIndex(
            model_name='onetoone',
            index=models.Index(fields=['-held_at', '-id'], name='one_to_one_held_at'),
        ),
        migrations.AddConstraint(
            model_name='onetoone',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['introductory', 'maintenance', 'escalation']), models.Q(('title', ''), _negated=True), _connector='OR'), name='one_to_one_or_a_title', violation_error_message='Say what it was.'),
        ),
        migrations.AddField(
            model_name='onetoonereaderevent',
            name='one_to_one',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.onetoone'),
        ),
        migrations.AddField(
            model_name='onetoonereaderevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='onetoonereaderevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnerships.onetoonereader'),
        ),
        migrations.AddField(
            model_name='onetoonereaderevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='onetoonereader',
            constraint=models.UniqueConstraint(fields=('one_to_one', 'user'), name='one_to_one_reader_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onetoonereader',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_onetoonereaderevent" ("id", "one_to_one_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."one_to_one_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='ea1a4e4ca66a3311132416c205ccb96b17e91d86', operation='INSERT', pgid='pgtrigger_insert_insert_05ce8', table='partnerships_onetoonereader', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onetoonereader',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnerships_onetoonereaderevent" ("id", "one_to_one_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."one_to_one_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='3dbc90737085cb2a685a6731279e00d7d09dda57', operation='UPDATE', pgid='pgtrigger_update_update_c6280', table='partnerships_onetoonereader', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onetoonereader',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_onetoonereaderevent" ("id", "one_to_one_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."one_to_one_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='4a02317d0e4a62a869bef5588425e72aa93980cf', operation='DELETE', pgid='pgtrigger_delete_delete_bc4ad', table='partnerships_onetoonereader', when='AFTER')),
        ),
    ]
