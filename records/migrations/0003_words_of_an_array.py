from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0002_names_as_written")]
    operations = [
        # array_to_string() is only STABLE, since some types print by the session's settings; text does not.
        migrations.RunSQL(
            """
            CREATE FUNCTION portal_words(text[]) RETURNS text
                LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                AS $$ SELECT pg_catalog.array_to_string($1, ' ') $$;
            """,
            "DROP FUNCTION portal_words(text[]);",
        ),
    ]
