from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0004_group_loaded_from"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="actionsteprevision",
            index=GinIndex(fields=["search_vector"], name="action_step_revision_search"),
        ),
        migrations.AddIndex(
            model_name="practicerevision",
            index=GinIndex(fields=["search_vector"], name="practice_revision_search"),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=GinIndex(fields=["search_vector"], name="resource_search"),
        ),
    ]
