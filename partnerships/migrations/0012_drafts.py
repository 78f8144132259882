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
        ('partnerships', '0011_introductions'),
        ('accounts', '0005_default_readers'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('practices', '0005_search_is_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OneToOneDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(verbose_name='key')),
                ('words', models.JSONField(default=dict, verbose_name='words')),
                ('saved_at', models.DateTimeField(verbose_name='saved at')),
            ],
            options={
                'verbose_name': 'draft of a one-to-one',
                'verbose_name_plural': 'drafts of one-to-ones',
            },
        ),
        migrations.AddField(
            model_name='onetoonedraft',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='one_to_one_drafts', to=settings.AUTH_USER_MODEL, verbose_name='author'),
        ),
        migrations.AddConstraint(
            model_name='onetoonedraft',
            constraint=models.UniqueConstraint(fields=('author', 'key'), name='one_to_one_draft_once'),
        ),
    ]
