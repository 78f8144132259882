from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        # unaccent() is only STABLE, so a generated column cannot call it; a dictionary may.
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION portal_english (COPY = english);
            ALTER TEXT SEARCH CONFIGURATION portal_english
                ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart
                WITH unaccent, english_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION portal_english;",
        ),
    ]
