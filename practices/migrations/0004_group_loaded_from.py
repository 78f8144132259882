from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_published_by"),
    ]
    operations = [
        migrations.AddField(
            model_name="practicegroup",
            name="loaded_from",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
    ]
