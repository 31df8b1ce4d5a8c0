-- What a kiosk asks beyond its own cases, and what it has been told.

-- News that was acknowledged, for a kiosk that is put back to an old disk. taking: see hub.acknowledge.
CREATE TABLE hub.told (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), kiosk text COLLATE "C" NOT NULL,
    id bigint NOT NULL, case_id text COLLATE "C" NOT NULL, seq bigint NOT NULL, kind text COLLATE "C" NOT NULL,
    at text COLLATE "C" NOT NULL, body text NOT NULL, taking bigint NOT NULL,
    acknowledged_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (centre, kiosk, id)
);
CREATE INDEX told_by_taking ON hub.told (centre, kiosk, taking);
CREATE INDEX told_by_age ON hub.told (centre, kiosk, acknowledged_at);
CREATE INDEX told_of_case ON hub.told (case_id, centre);

-- The number that each kiosk has asked for last, in which transaction, and how many it has asked for since when.
CREATE TABLE hub.asking (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), kiosk text COLLATE "C" NOT NULL,
    number text COLLATE "C", asked_in bigint NOT NULL, tries bigint NOT NULL, since timestamptz NOT NULL,
    PRIMARY KEY (centre, kiosk)
);

-- A kiosk that somebody has taken over must not run through numbers. A number is asked for in one transaction and
-- answered in a later one: a try is spent before anything is told, and no rollback gives it back. Whether it may
-- be asked for follows from the tries alone, never from whether there is such a case.
CREATE FUNCTION hub.ask(wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_kiosk();
    most CONSTANT bigint := 30;
    may boolean;
BEGIN
    INSERT INTO hub.asking AS a (centre, kiosk, number, asked_in, tries, since)
    VALUES (me.centre, me.kiosk, left(wanted, 64), pg_current_xact_id()::text::bigint, 1, clock_timestamp())
    ON CONFLICT (centre, kiosk) DO UPDATE SET
        number = CASE WHEN a.tries < most OR a.since < excluded.since - interval '1 hour' THEN excluded.number END,
        asked_in = excluded.asked_in,
        tries = CASE WHEN a.since < excluded.since - interval '1 hour' THEN 1 ELSE least(a.tries + 1, most) END,
        since = CASE WHEN a.since < excluded.since - interval '1 hour' THEN excluded.since ELSE a.since END
    RETURNING number IS NOT NULL INTO may;
    RETURN may;
END $$;

-- How far the case of this centre with the number asked for is; no row where there is none, or more than one.
-- Also of one that no desk has taken in yet. What another kiosk or centre took in costs no try; a kiosk's own does:
-- it could hand in a number to learn, for nothing, whether somebody else has it.
CREATE FUNCTION hub.progress(wanted text)
RETURNS TABLE (number text, state text, due text, outcome text, service text, paused boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_kiosk();
    one record;
BEGIN
    -- locked: two answers to one question at the same moment must not both give the try back
    PERFORM FROM hub.asking a WHERE a.centre = me.centre AND a.kiosk = me.kiosk AND a.number = wanted
       AND a.asked_in <> pg_current_xact_id()::text::bigint FOR UPDATE;
    IF NOT FOUND THEN
        RAISE object_not_in_prerequisite_state USING MESSAGE = 'not asked for';
    END IF;
    SELECT min(f.state) AS state, min(f.due) AS due, min(f.outcome) AS outcome, min(f.service) AS service,
           bool_or(f.paused) AS paused, min(f.kiosk) AS kiosk INTO one
      FROM (SELECT c.state, c.due, c.outcome, c.service_id AS service,
                   c.state = ANY (string_to_array(c.pauses, ' ')) AS paused,
                   (SELECT p.kiosk FROM hub.parcel p WHERE p.centre = c.centre AND p.id = c.id) AS kiosk
              FROM office.cases c
             WHERE c.centre = me.centre AND c.number = wanted AND c.erased_at IS NULL
            UNION ALL
            SELECT 'queued', w.one ->> 'due', NULL, w.one ->> 'service_id', false, p.kiosk
              FROM hub.parcel p, hub.row_of(p.body) AS w (one)
             WHERE p.centre = me.centre AND p.kind = 'case' AND p.taken_at IS NULL AND p.set_aside IS NULL
               AND position(convert_to(wanted, 'UTF8') IN p.body) > 0 AND w.one ->> 'number' = wanted) f
    HAVING count(*) = 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF one.kiosk IS DISTINCT FROM me.kiosk THEN
        UPDATE hub.asking a SET tries = a.tries - 1, number = NULL WHERE a.centre = me.centre AND a.kiosk = me.kiosk;
    END IF;
    RETURN QUERY SELECT wanted, one.state, one.due, one.outcome, one.service, one.paused;
END $$;

-- The row of the case in a parcel; none where it cannot be read: a kiosk sends what it likes.
CREATE FUNCTION hub.row_of(body bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN convert_from(body, 'UTF8')::jsonb -> 'case';
EXCEPTION WHEN others THEN
    RETURN NULL;
END $$;

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['told', 'asking'] LOOP
        EXECUTE format('ALTER TABLE hub.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE hub.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format(
            'CREATE POLICY own_centre ON hub.%I USING (centre = (SELECT hub.my_centre()))'
            ' WITH CHECK (centre = (SELECT hub.my_centre()))', one);
        EXECUTE format('CREATE POLICY administers ON hub.%I TO bb_admin USING (true) WITH CHECK (true)', one);
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION hub.ask(text), hub.progress(text), hub.row_of(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.ask(text), hub.progress(text) TO bb_kiosks;
GRANT SELECT ON hub.told, hub.asking TO bb_desks;
-- what has had its time is erased here, too
GRANT UPDATE (body) ON hub.told TO bb_desks;
