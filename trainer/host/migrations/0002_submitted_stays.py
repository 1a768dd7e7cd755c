from django.db import migrations

# Everything but the rater is frozen: a guest becomes an account, or is gone.
FREEZE = """
CREATE FUNCTION host_scorecard_stays() RETURNS trigger AS $$
BEGIN
    IF (to_jsonb(OLD) - 'rater_id') IS DISTINCT FROM (to_jsonb(NEW) - 'rater_id') THEN
        RAISE EXCEPTION 'a submitted scorecard stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER host_scorecard_stays BEFORE UPDATE ON host_scorecard
    FOR EACH ROW EXECUTE FUNCTION host_scorecard_stays();
"""
THAW = """
DROP TRIGGER host_scorecard_stays ON host_scorecard;
DROP FUNCTION host_scorecard_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("host", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
