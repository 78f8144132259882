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
        ('partnerships', '0005_dates_are_sane'),
        ('records', '0003_words_of_an_array'),
        ('accounts', '0005_default_readers'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('practices', '0005_search_is_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name='partnerorganization', name='partner_search'),
        migrations.CreateModel(
            name='PartnerPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='PartnerPracticeEvent',
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
            model_name='contact',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partnerorganization',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partnerorganization',
            name='update_update',
        ),
        migrations.AddField(
            model_name='contact',
            name='access_needs',
            field=models.TextField(blank=True, help_text='What they asked for: an interpreter, a step-free room, evenings.', verbose_name='access needs'),
        ),
        migrations.AddField(
            model_name='contact',
            name='met_through',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='introduced_us_to', to='partnerships.contact', verbose_name='who introduced us'),
        ),
        migrations.AddField(
            model_name='contact',
            name='reach_by',
            field=models.CharField(blank=True, choices=[('email', 'E-mail'), ('call', 'A call'), ('text', 'A text message'), ('in_person', 'In person'), ('through_somebody', 'Through somebody they trust')], max_length=20, verbose_name='how they like to be reached'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='access_needs',
            field=models.TextField(blank=True, help_text='What they asked for: an interpreter, a step-free room, evenings.', verbose_name='access needs'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='met_through',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.contact', verbose_name='who introduced us'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='reach_by',
            field=models.CharField(blank=True, choices=[('email', 'E-mail'), ('call', 'A call'), ('text', 'A text message'), ('in_person', 'In person'), ('through_somebody', 'Through somebody they trust')], max_length=20, verbose_name='how they like to be reached'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='access_needs',
            field=models.TextField(blank=True, verbose_name='access needs'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='communities',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='communities served'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='geography',
            field=models.CharField(blank=True, max_length=160, verbose_name='where they work'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='issue_areas',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='issue areas'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='languages',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='needs',
            field=models.TextField(blank=True, verbose_name='what they need'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='offers',
            field=models.TextField(blank=True, verbose_name='what they offer'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='partnerships.partnerorganization', verbose_name='part of'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='phone'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='access_needs',
            field=models.TextField(blank=True, verbose_name='access needs'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='communities',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='communities served'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='geography',
            field=models.CharField(blank=True, max_length=160, verbose_name='where they work'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='issue_areas',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='issue areas'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='languages',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='needs',
            field=models.TextField(blank=True, verbose_name='what they need'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='offers',
            field=models.TextField(blank=True, verbose_name='what they offer'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.partnerorganization', verbose_name='part of'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='phone'),
        ),
        migrations.AddField(
            model_name='partnerorganizationevent',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=30, verbose_name='tags'),
        ),
        # PostgreSQL cannot change what a generated column is made of.
        migrations.RemoveField(model_name='partnerorganization', name="search_vector"),
        migrations.AddField(
            model_name='partnerorganization',
            name='search_vector',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('name'), models.Value(''), output_field=models.TextField()), config='portal_names', weight='A'), '||', django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('name'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='A'), django.contrib.postgres.search.SearchConfig('portal_names')), '||', django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.Func(models.F('issue_areas'), function='portal_words', output_field=models.TextField()), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.Func(models.F('communities'), function='portal_words', output_field=models.TextField()), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.Func(models.F('tags'), function='portal_words', output_field=models.TextField()), models.Value(''), output_field=models.TextField()), config='portal_english', weight='B'), django.contrib.postgres.search.SearchConfig('portal_names')), '||', django.contrib.postgres.search.SearchVector(django.db.models.functions.comparison.Coalesce(models.F('about'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('geography'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('offers'), models.Value(''), output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(models.F('needs'), models.Value(''), output_field=models.TextField()), config='portal_english', weight='C'), django.contrib.postgres.search.SearchConfig('portal_names')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='partnerorganization', index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name='partner_search')),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['name', 'id'], name='contact_name'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('name'), name='gin_trgm_ops'), name='contact_name_is_like'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(django.db.models.functions.text.Lower('email'), name='contact_email_lower'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_contactevent" ("access_needs", "archived_at", "archived_by_id", "created_at", "created_by_id", "do_not_contact", "email", "id", "language", "met_through_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "reach_by", "version") VALUES (NEW."access_needs", NEW."archived_at", NEW."archived_by_id", NEW."created_at", NEW."created_by_id", NEW."do_not_contact", NEW."email", NEW."id", NEW."language", NEW."met_through_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."preferred_name", NEW."pronouns", NEW."reach_by", NEW."version"); RETURN NULL;', hash='59ee995ec0f29d21df43ca33abf49eb2d5c9f44b', operation='INSERT', pgid='pgtrigger_insert_insert_02a20', table='partnerships_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."access_needs" IS DISTINCT FROM (NEW."access_needs") OR OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."archived_by_id" IS DISTINCT FROM (NEW."archived_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."do_not_contact" IS DISTINCT FROM (NEW."do_not_contact") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."met_through_id" IS DISTINCT FROM (NEW."met_through_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."preferred_name" IS DISTINCT FROM (NEW."preferred_name") OR OLD."pronouns" IS DISTINCT FROM (NEW."pronouns") OR OLD."reach_by" IS DISTINCT FROM (NEW."reach_by") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "partnerships_contactevent" ("access_needs", "archived_at", "archived_by_id", "created_at", "created_by_id", "do_not_contact", "email", "id", "language", "met_through_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "reach_by", "version") VALUES (NEW."access_needs", NEW."archived_at", NEW."archived_by_id", NEW."created_at", NEW."created_by_id", NEW."do_not_contact", NEW."email", NEW."id", NEW."language", NEW."met_through_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."preferred_name", NEW."pronouns", NEW."reach_by", NEW."version"); RETURN NULL;', hash='37e4d73c0ffd2219fac2ed89a56d1c7b3f6fcc6f', operation='UPDATE', pgid='pgtrigger_update_update_e0fb0', table='partnerships_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerorganization',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_partnerorganizationevent" ("about", "access_needs", "archived_at", "archived_by_id", "communities", "created_at", "created_by_id", "email", "geography", "id", "issue_areas", "kind", "languages", "name", "needs", "offers", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rhythm_weeks", "tags", "version", "website") VALUES (NEW."about", NEW."access_needs", NEW."archived_at", NEW."archived_by_id", NEW."communities", NEW."created_at", NEW."created_by_id", NEW."email", NEW."geography", NEW."id", NEW."issue_areas", NEW."kind", NEW."languages", NEW."name", NEW."needs", NEW."offers", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."rhythm_weeks", NEW."tags", NEW."version", NEW."website"); RETURN NULL;', hash='c43b48d3168b28505cca6749f8067a746b9dcd86', operation='INSERT', pgid='pgtrigger_insert_insert_15e4b', table='partnerships_partnerorganization', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerorganization',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."access_needs" IS DISTINCT FROM (NEW."access_needs") OR OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."archived_by_id" IS DISTINCT FROM (NEW."archived_by_id") OR OLD."communities" IS DISTINCT FROM (NEW."communities") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."geography" IS DISTINCT FROM (NEW."geography") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issue_areas" IS DISTINCT FROM (NEW."issue_areas") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."needs" IS DISTINCT FROM (NEW."needs") OR OLD."offers" IS DISTINCT FROM (NEW."offers") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."rhythm_weeks" IS DISTINCT FROM (NEW."rhythm_weeks") OR OLD."tags" IS DISTINCT FROM (NEW."tags") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."website" IS DISTINCT FROM (NEW."website"))', func='INSERT INTO "partnerships_partnerorganizationevent" ("about", "access_needs", "archived_at", "archived_by_id", "communities", "created_at", "created_by_id", "email", "geography", "id", "issue_areas", "kind", "languages", "name", "needs", "offers", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rhythm_weeks", "tags", "version", "website") VALUES (NEW."about", NEW."access_needs", NEW."archived_at", NEW."archived_by_id", NEW."communities", NEW."created_at", NEW."created_by_id", NEW."email", NEW."geography", NEW."id", NEW."issue_areas", NEW."kind", NEW."languages", NEW."name", NEW."needs", NEW."offers", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."rhythm_weeks", NEW."tags", NEW."version", NEW."website"); RETURN NULL;', hash='487858f47469668455d7967dd3ddb022848dead0', operation='UPDATE', pgid='pgtrigger_update_update_8c707', table='partnerships_partnerorganization', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('met_through__isnull', True), models.Q(('met_through', models.F('pk')), _negated=True), _connector='OR'), name='contact_was_met_through_somebody_else', violation_error_message='Nobody introduced themselves here.'),
        ),
        migrations.AddField(
            model_name='partnerpractice',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnerorganization'),
        ),
        migrations.AddField(
            model_name='partnerpractice',
            name='practice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice'),
        ),
        migrations.AddField(
            model_name='partnerorganization',
            name='practices',
            field=models.ManyToManyField(blank=True, related_name='+', through='partnerships.PartnerPractice', to='practices.practice', verbose_name='practices the relationship serves'),
        ),
        migrations.AddIndex(
            model_name='partnerorganization',
            index=django.contrib.postgres.indexes.GinIndex(fields=['issue_areas'], name='partner_issue_areas'),
        ),
        migrations.AddIndex(
            model_name='partnerorganization',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='partner_tags'),
        ),
        migrations.AddIndex(
            model_name='partnerorganization',
            index=models.Index(fields=['name', 'id'], name='partner_name'),
        ),
        migrations.AddIndex(
            model_name='partnerorganization',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('name'), name='gin_trgm_ops'), name='partner_name_is_like'),
        ),
        migrations.AddConstraint(
            model_name='partnerorganization',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='partner_is_not_part_of_itself', violation_error_message='No organization is part of itself.'),
        ),
        migrations.AddField(
            model_name='partnerpracticeevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnerships.partnerorganization'),
        ),
        migrations.AddField(
            model_name='partnerpracticeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='partnerpracticeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnerships.partnerpractice'),
        ),
        migrations.AddField(
            model_name='partnerpracticeevent',
            name='practice',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='practices.practice'),
        ),
        migrations.AddConstraint(
            model_name='partnerpractice',
            constraint=models.UniqueConstraint(fields=('partner', 'practice'), name='partner_practice_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerpractice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_partnerpracticeevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."practice_id"); RETURN NULL;', hash='4db327d661803c0f8868407d7dded30e609687da', operation='INSERT', pgid='pgtrigger_insert_insert_d83e5', table='partnerships_partnerpractice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerpractice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnerships_partnerpracticeevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."practice_id"); RETURN NULL;', hash='213c31b2d5609d34748391b535b9c3b9149e13f0', operation='UPDATE', pgid='pgtrigger_update_update_13175', table='partnerships_partnerpractice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerpractice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnerships_partnerpracticeevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id") VALUES (OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."practice_id"); RETURN NULL;', hash='2de8b37fe5a5f085eaf2ccfe58e6d0878c3e9ec5', operation='DELETE', pgid='pgtrigger_delete_delete_4bb53', table='partnerships_partnerpractice', when='AFTER')),
        ),
    ]
