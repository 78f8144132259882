from django.db import migrations

# Nobody reads more than before: a follow-up that was as private as its one-to-one stays so, and
# "colleagues who were there" is now what "named colleagues" begins with, since these always read.
FORWARD = """
UPDATE partnerships_onetoone SET readers = 'named' WHERE readers = 'present';
UPDATE partnerships_onetooneevent SET readers = 'named' WHERE readers = 'present';
UPDATE partnerships_followup f SET readers = o.readers
    FROM partnerships_onetoone o WHERE o.id = f.one_to_one_id AND o.readers <> 'equity_team';
INSERT INTO partnerships_followupreader (follow_up_id, user_id)
    SELECT f.id, c.user_id FROM partnerships_followup f
    JOIN partnerships_onetoonecolleague c ON c.one_to_one_id = f.one_to_one_id
    WHERE f.readers = 'named'
    UNION
    SELECT f.id, o.created_by_id FROM partnerships_followup f
    JOIN partnerships_onetoone o ON o.id = f.one_to_one_id WHERE f.readers IN ('named', 'author');
UPDATE partnerships_followup SET readers = 'named' WHERE readers = 'author'
    AND EXISTS (SELECT 1 FROM partnerships_followupreader r WHERE r.follow_up_id = partnerships_followup.id);
-- What was written while the conversation was private stays its author's in the history too.
UPDATE partnerships_followupevent e SET readers = 'author'
    WHERE EXISTS (
        SELECT 1 FROM partnerships_onetooneevent o
        WHERE o.pgh_obj_id = e.one_to_one_id AND o.readers IN ('author', 'named')
    );
"""
BACK = """
UPDATE partnerships_onetoone SET readers = 'present' WHERE readers = 'named';
UPDATE partnerships_onetooneevent SET readers = 'present' WHERE readers = 'named';
DELETE FROM partnerships_followupreader;
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0008_follow_ups_repeat_and_are_shared")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
