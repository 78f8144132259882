from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0001_search_configuration")]
    operations = [
        # Neither stems nor leaves words out: somebody may be called Will.
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION portal_names (COPY = simple);
            ALTER TEXT SEARCH CONFIGURATION portal_names
                ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart
                WITH unaccent, simple;
            """,
            "DROP TEXT SEARCH CONFIGURATION portal_names;",
        ),
    ]
