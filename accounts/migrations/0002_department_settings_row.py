from django.db import migrations


def add_row(apps, schema_editor):
    apps.get_model("accounts", "DepartmentSettings").objects.get_or_create(pk=1)


def remove_row(apps, schema_editor):
    apps.get_model("accounts", "DepartmentSettings").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_department")]
    operations = [migrations.RunPython(add_row, remove_row)]
