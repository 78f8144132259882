from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0001_guide"),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="practicerevision", name="practice_revision_published_has_a_moment"),
        migrations.AlterField(
            model_name="practicerevision",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Published"),
                    ("superseded", "Earlier version"),
                    ("set_aside", "Draft set aside"),
                ],
                default="draft",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicerevision",
            constraint=models.CheckConstraint(
                condition=Q(published_at__isnull=True, status__in=["draft", "set_aside"])
                | Q(published_at__isnull=False, status__in=["published", "superseded"]),
                name="practice_revision_published_has_a_moment",
            ),
        ),
        migrations.RemoveConstraint(model_name="actionsteprevision", name="action_step_revision_published_has_a_moment"),
        migrations.AlterField(
            model_name="actionsteprevision",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Published"),
                    ("superseded", "Earlier version"),
                    ("set_aside", "Draft set aside"),
                ],
                default="draft",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionsteprevision",
            constraint=models.CheckConstraint(
                condition=Q(published_at__isnull=True, status__in=["draft", "set_aside"])
                | Q(published_at__isnull=False, status__in=["published", "superseded"]),
                name="action_step_revision_published_has_a_moment",
            ),
        ),
    ]
