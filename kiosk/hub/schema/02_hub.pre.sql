-- Who comes in, what kiosks send, and what goes back to them. Kiosks call the functions below and see no table;
-- desks see the rows of their own centre. Which kiosk and which centre it is follows from the role that signed
-- in, never from anything it says.

-- ── who comes in ──
CREATE TABLE hub.centre (
    centre text COLLATE "C" PRIMARY KEY CHECK (centre ~ '^[a-z0-9][a-z0-9_]{0,31}$'),
    name text NOT NULL DEFAULT '', made_at timestamptz NOT NULL DEFAULT now()
);

-- kind: kiosk, desk, server (answers kiosks over HTTPS, in the name of each), district (counts only).
CREATE TABLE hub.member (
    role text COLLATE "C" PRIMARY KEY, kind text COLLATE "C" NOT NULL,
    centre text COLLATE "C" REFERENCES hub.centre (centre), kiosk text COLLATE "C" UNIQUE,
    made_at timestamptz NOT NULL DEFAULT now(), revoked_at timestamptz,
    CHECK (kind IN ('kiosk', 'desk', 'server', 'district')),
    CHECK ((centre IS NOT NULL) OR kind IN ('server', 'district')),
    CHECK ((kind = 'kiosk') = (kiosk IS NOT NULL))
);

-- ── what kiosks send ──
-- n: the order of arrival, which of one kiosk is the order of sending. taken_at: it is a case, or was done.
-- set_aside: why it could not be. A body goes once it is taken in.
CREATE TABLE hub.parcel (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), id text COLLATE "C" NOT NULL,
    n bigint NOT NULL GENERATED ALWAYS AS IDENTITY, kiosk text COLLATE "C" NOT NULL, kseq bigint NOT NULL,
    kind text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL, hash bytea NOT NULL, body bytea,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(), taken_at timestamptz,
    set_aside text COLLATE "C", PRIMARY KEY (centre, id),
    CHECK (kseq > 0), CHECK (length(id) BETWEEN 1 AND 64), CHECK (length(case_id) BETWEEN 1 AND 64)
);
-- Small: what is dealt with is in neither.
CREATE INDEX parcel_waiting ON hub.parcel (centre, n) WHERE taken_at IS NULL AND set_aside IS NULL;
CREATE INDEX parcel_set_aside ON hub.parcel (centre, n) WHERE set_aside IS NOT NULL;
-- Not by centre first: while the table is small it would be taken for a look-up by id, and read through.
CREATE INDEX parcel_of_case ON hub.parcel (case_id, centre);

-- A parcel under the id of another, or whose bytes are not what it says: kept beside, never in its place.
CREATE TABLE hub.quarantine (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), kiosk text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL, hash bytea NOT NULL, n bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kseq bigint NOT NULL, kind text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL,
    body bytea NOT NULL, why text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (centre, kiosk, id, hash)
);

-- kind: gap (numbers are missing), backwards (an old number with a new id: a disk was put back), quarantine.
CREATE TABLE hub.alarm (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), n bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kiosk text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, kseq bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(), looked_at timestamptz, PRIMARY KEY (centre, n)
);
CREATE INDEX alarm_new ON hub.alarm (centre, n) WHERE looked_at IS NULL;

-- The highest number each kiosk has sent, and when it was last heard of.
CREATE TABLE hub.seen (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), kiosk text COLLATE "C" NOT NULL,
    highest bigint NOT NULL, at timestamptz NOT NULL, sent_at timestamptz, PRIMARY KEY (centre, kiosk)
);

-- ── what goes back ──
-- body: JSON of the fields of kiosk.cases.parcels.News that are no column here. Gone once acknowledged.
CREATE TABLE hub.mailbox (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), kiosk text COLLATE "C" NOT NULL,
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY, case_id text COLLATE "C" NOT NULL,
    seq bigint NOT NULL, kind text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, body text NOT NULL,
    PRIMARY KEY (centre, kiosk, id)
);

-- ── who is it? ──
-- Nobody for who is no member or was revoked. A server speaks for the kiosk whose certificate it was shown.
-- All of them in plpgsql, which keeps its plans: they are called once a statement and table.
CREATE FUNCTION hub.me() RETURNS hub.member
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member;
    spoken_for hub.member;
BEGIN
    SELECT * INTO me FROM hub.member one WHERE one.role = session_user AND one.revoked_at IS NULL;
    IF me.kind IS DISTINCT FROM 'server' THEN
        RETURN me;
    END IF;
    SELECT * INTO spoken_for FROM hub.member one
     WHERE one.role = current_setting('bangban.kiosk', true) AND one.kind = 'kiosk' AND one.revoked_at IS NULL
       AND (me.centre IS NULL OR me.centre = one.centre);
    RETURN spoken_for;
END $$;

CREATE OR REPLACE FUNCTION hub.my_centre() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.me();
BEGIN
    RETURN me.centre;
END $$;

CREATE FUNCTION hub.counts_only() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.me();
BEGIN
    RETURN coalesce(me.kind = 'district', false);
END $$;

CREATE FUNCTION hub.this_kiosk() RETURNS hub.member
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.me();
BEGIN
    IF me.kind IS DISTINCT FROM 'kiosk' THEN
        RAISE insufficient_privilege USING MESSAGE = 'no kiosk of this hub';
    END IF;
    RETURN me;
END $$;

-- ── what a kiosk may call ──
-- Parcels in the order of the lists; answers for each of them, when all are kept. Any of them twice is harmless.
CREATE FUNCTION hub.offer(
    kseqs bigint[], ids text[], kinds text[], case_ids text[], hashes bytea[], bodies bytea[]
) RETURNS TABLE (id text, hash bytea, kseq bigint, received_at timestamptz, set_aside boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_kiosk();
    before bigint;
    kept bigint[];
    strange bigint;
BEGIN
    -- two connections of one kiosk take turns here: its parcels arrive in its order
    INSERT INTO hub.seen AS s (centre, kiosk, highest, at, sent_at)
    VALUES (me.centre, me.kiosk, 0, clock_timestamp(), clock_timestamp())
    ON CONFLICT (centre, kiosk) DO UPDATE SET at = excluded.at, sent_at = excluded.sent_at
    RETURNING s.highest INTO before;

    WITH put AS (
        INSERT INTO hub.parcel AS p (centre, id, kiosk, kseq, kind, case_id, hash, body)
        SELECT me.centre, o.id, me.kiosk, o.kseq, o.kind, o.case_id, o.hash, o.body
          FROM unnest(kseqs, ids, kinds, case_ids, hashes, bodies) WITH ORDINALITY
               AS o (kseq, id, kind, case_id, hash, body, place)
         WHERE sha256(o.body) = o.hash
         ORDER BY o.place
        ON CONFLICT (centre, id) DO NOTHING
        RETURNING p.kseq, p.n
    )
    SELECT array_agg(put.kseq ORDER BY put.n) INTO kept FROM put;

    IF cardinality(kept) IS DISTINCT FROM cardinality(ids) THEN
        -- here and below one look into the key for each: a join planned while the table was new reads all of it
        WITH put AS (
            INSERT INTO hub.quarantine AS q (centre, kiosk, id, hash, kseq, kind, case_id, body, why)
            SELECT me.centre, me.kiosk, o.id, o.hash, o.kseq, o.kind, o.case_id, o.body,
                   CASE WHEN sha256(o.body) = o.hash THEN 'same_id' ELSE 'broken' END
              FROM unnest(kseqs, ids, kinds, case_ids, hashes, bodies)
                   AS o (kseq, id, kind, case_id, hash, body)
             WHERE (SELECT p.hash FROM hub.parcel p WHERE p.centre = me.centre AND p.id = o.id)
                   IS DISTINCT FROM o.hash
            ON CONFLICT (centre, kiosk, id, hash) DO NOTHING
            RETURNING q.kseq
        )
        SELECT min(put.kseq) INTO strange FROM put;
    END IF;
    IF strange IS NOT NULL THEN
        INSERT INTO hub.alarm (centre, kiosk, kind, kseq) VALUES (me.centre, me.kiosk, 'quarantine', strange);
    END IF;
    IF kept IS NOT NULL THEN
        -- each number beside the highest before it; one alarm of a kind says enough
        INSERT INTO hub.alarm (centre, kiosk, kind, kseq)
        SELECT me.centre, me.kiosk, step.kind, min(step.kseq)
          FROM (SELECT one.kseq, CASE WHEN one.kseq > one.highest + 1 THEN 'gap'
                                      WHEN one.kseq <= one.highest THEN 'backwards' END AS kind
                  FROM (SELECT k.kseq, greatest(before, max(k.kseq) OVER (
                            ORDER BY k.place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS highest
                          FROM unnest(kept) WITH ORDINALITY AS k (kseq, place)) one) step
         WHERE step.kind IS NOT NULL
           -- a disk that was put back is behind for as long as it takes to catch up; a gap is told each time
           AND NOT (step.kind = 'backwards' AND EXISTS (
               SELECT FROM hub.alarm a WHERE a.centre = me.centre AND a.kiosk = me.kiosk
                  AND a.kind = 'backwards' AND a.looked_at IS NULL))
         GROUP BY step.kind;
        UPDATE hub.seen SET highest = greatest(before, (SELECT max(k) FROM unnest(kept) AS k))
         WHERE centre = me.centre AND kiosk = me.kiosk;
    END IF;

    RETURN QUERY
    SELECT o.id, o.hash, o.kseq,
           coalesce(o.known, (SELECT q.received_at FROM hub.quarantine q WHERE q.centre = me.centre
                               AND q.kiosk = me.kiosk AND q.id = o.id AND q.hash = o.hash)),
           o.known IS NULL
      FROM (SELECT u.id, u.hash, u.kseq, u.place,
                   (SELECT p.received_at FROM hub.parcel p
                     WHERE p.centre = me.centre AND p.id = u.id AND p.hash = u.hash) AS known
              FROM unnest(kseqs, ids, hashes) WITH ORDINALITY AS u (kseq, id, hash, place) OFFSET 0) o
     ORDER BY o.place;
END $$;

-- What happened to this kiosk's cases, after what it has already seen; it stays until it is acknowledged.
-- have: how often the kiosk has taken news, by its own count. One that has acknowledged more than it has now was
-- put back to an old disk: what it lost lies in its mailbox again (hub.told, next file).
CREATE FUNCTION hub.mail(most integer, beyond bigint DEFAULT 0, have bigint DEFAULT NULL)
RETURNS TABLE (id bigint, case_id text, seq bigint, kind text, at text, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_kiosk();
BEGIN
    -- that it still asks is noted now and then, not each time
    INSERT INTO hub.seen AS s (centre, kiosk, highest, at) VALUES (me.centre, me.kiosk, 0, clock_timestamp())
    ON CONFLICT (centre, kiosk) DO UPDATE SET at = excluded.at WHERE s.at < excluded.at - interval '30 s';
    IF beyond = 0 AND have IS NOT NULL THEN
        WITH lost AS (
            DELETE FROM hub.told t WHERE t.centre = me.centre AND t.kiosk = me.kiosk AND t.taking > have RETURNING t.*
        )
        INSERT INTO hub.mailbox (centre, kiosk, id, case_id, seq, kind, at, body) OVERRIDING SYSTEM VALUE
        SELECT l.centre, l.kiosk, l.id, l.case_id, l.seq, l.kind, l.at, l.body FROM lost l;
    END IF;
    RETURN QUERY
    SELECT m.id, m.case_id, m.seq, m.kind, m.at, m.body FROM hub.mailbox m
     WHERE m.centre = me.centre AND m.kiosk = me.kiosk AND m.id > beyond
     ORDER BY m.id LIMIT least(greatest(most, 0), 500);
END $$;

-- These are kept at the kiosk now; have: since it has taken news that often. They are remembered as long as a
-- kiosk remembers what it has sent.
CREATE FUNCTION hub.acknowledge(ids bigint[], have bigint DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_kiosk();
BEGIN
    WITH known AS (
        DELETE FROM hub.mailbox m WHERE m.centre = me.centre AND m.kiosk = me.kiosk AND m.id = ANY (ids) RETURNING m.*
    )
    INSERT INTO hub.told (centre, kiosk, id, case_id, seq, kind, at, body, taking)
    SELECT k.centre, k.kiosk, k.id, k.case_id, k.seq, k.kind, k.at, k.body, have FROM known k WHERE have IS NOT NULL;
    DELETE FROM hub.told t WHERE t.centre = me.centre AND t.kiosk = me.kiosk
       AND t.acknowledged_at < clock_timestamp() - interval '60 days';
END $$;

-- What the centre's cases are sealed to, and the name that everything sealed is bound to.
CREATE FUNCTION hub.key() RETURNS TABLE (centre text, id bytea, public bytea, protected boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_kiosk();
BEGIN
    RETURN QUERY
    SELECT coalesce(k.bound_to, c.id), k.id, k.public, k.protected <> 0
      FROM office.centre_key k JOIN office.centre c ON c.centre = k.centre AND c.one = 1
     WHERE k.centre = me.centre ORDER BY k.n DESC LIMIT 1;
END $$;

-- ── what a district may call ──
-- How many, centre by centre; never which. Overdue is what the board of a desk calls late: not decided, the clock runs.
CREATE FUNCTION hub.counts(today text)
RETURNS TABLE (centre text, state text, cases bigint, overdue bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT hub.counts_only() THEN
        RAISE insufficient_privilege USING MESSAGE = 'no district of this hub';
    END IF;
    RETURN QUERY
    SELECT c.centre, c.state, count(*),
           count(*) FILTER (WHERE c.due < today
                              AND c.state IN ('queued', 'claimed', 'checking', 'needs_info', 'accepted', 'filing',
                                              'filing_failed', 'filed', 'on_hold', 'transferred', 'redo')
                              AND (c.state NOT IN ('needs_info', 'on_hold') OR strpos(c.pauses, c.state) = 0))
      FROM office.cases c
     GROUP BY c.centre, c.state ORDER BY c.centre, c.state;
END $$;

-- ── who may do what ──
-- Only the functions of the owner come here with its name; of these a district may call nothing but hub.counts.
CREATE POLICY district_counts ON office.cases FOR SELECT TO bb_owner USING ((SELECT hub.counts_only()));

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['parcel', 'quarantine', 'alarm', 'seen', 'mailbox'] LOOP
        EXECUTE format('ALTER TABLE hub.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE hub.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format(
            'CREATE POLICY own_centre ON hub.%I USING (centre = (SELECT hub.my_centre()))'
            ' WITH CHECK (centre = (SELECT hub.my_centre()))', one);
        EXECUTE format('CREATE POLICY administers ON hub.%I TO bb_admin USING (true) WITH CHECK (true)', one);
    END LOOP;
    -- not FORCE: hub.me() looks here to find out who is asking
    FOREACH one IN ARRAY ARRAY['centre', 'member'] LOOP
        EXECUTE format('ALTER TABLE hub.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY own_centre ON hub.%I FOR SELECT'
                       ' USING (centre = (SELECT hub.my_centre()))', one);
        EXECUTE format('CREATE POLICY administers ON hub.%I TO bb_admin USING (true) WITH CHECK (true)', one);
    END LOOP;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub FROM PUBLIC;
GRANT USAGE ON SCHEMA hub TO bb_kiosks, bb_desks, bb_districts, bb_admin;
GRANT EXECUTE ON FUNCTION
    hub.offer(bigint[], text[], text[], text[], bytea[], bytea[]), hub.mail(integer, bigint, bigint),
    hub.acknowledge(bigint[], bigint), hub.key() TO bb_kiosks;
GRANT EXECUTE ON FUNCTION hub.counts(text) TO bb_districts;
GRANT EXECUTE ON FUNCTION hub.me(), hub.my_centre() TO bb_desks, bb_admin;

-- A desk: the office's tables as on one box, but history is only added to. Words in it can be erased.
GRANT USAGE ON SCHEMA office TO bb_desks;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA office TO bb_desks;
REVOKE UPDATE, DELETE ON office.event, office.house_event, office.head, office.consent FROM bb_desks;
GRANT UPDATE (words, body, sealed, salt) ON office.event TO bb_desks;
GRANT SELECT ON hub.centre, hub.member, hub.migration, hub.parcel, hub.quarantine, hub.alarm, hub.seen, hub.mailbox
    TO bb_desks;
GRANT UPDATE (taken_at, set_aside, body) ON hub.parcel TO bb_desks;
GRANT UPDATE (looked_at) ON hub.alarm TO bb_desks;
GRANT INSERT ON hub.mailbox TO bb_desks;
-- what has had its time is erased here, too
GRANT UPDATE (body) ON hub.quarantine, hub.mailbox TO bb_desks;

-- Whoever looks after the database: who comes in, what is behind; nothing that was sent, no case.
GRANT SELECT ON hub.centre, hub.member, hub.migration, hub.alarm, hub.seen TO bb_admin;
GRANT SELECT (centre, id, n, kiosk, kseq, kind, case_id, received_at, taken_at, set_aside) ON hub.parcel TO bb_admin;
GRANT SELECT (centre, id, n, kiosk, kseq, kind, case_id, why, received_at) ON hub.quarantine TO bb_admin;
GRANT SELECT (centre, kiosk, id, case_id, seq, kind, at) ON hub.mailbox TO bb_admin;
GRANT INSERT, UPDATE ON hub.centre, hub.member TO bb_admin;
GRANT UPDATE (looked_at) ON hub.alarm TO bb_admin;
