-- How each kiosk is, in its own words, and calls for a person from a kiosk to the desks of its centre.

-- One row a kiosk, replaced each time. Only kinds and times can be kept here, whatever a kiosk says.
CREATE TABLE hub.report (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), kiosk text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(), version text COLLATE "C" NOT NULL,
    said_at timestamptz NOT NULL, waiting bigint NOT NULL, oldest timestamptz, calls bigint NOT NULL,
    reader text COLLATE "C" NOT NULL, paper text COLLATE "C" NOT NULL, sound text COLLATE "C" NOT NULL,
    certificate_ends timestamptz, checked_at timestamptz, checked text COLLATE "C" NOT NULL,
    wants_look text COLLATE "C" NOT NULL, PRIMARY KEY (centre, kiosk),
    CHECK (version ~ '^[0-9A-Za-z.+_-]{0,40}$'), CHECK (waiting >= 0 AND calls >= 0),
    -- no clock is off by so much, and nobody could read a moment without an end
    CHECK (least(said_at, oldest, certificate_ends, checked_at) >= '1900-01-01 00:00+00'
       AND greatest(said_at, oldest, certificate_ends, checked_at) < '9000-01-01 00:00+00'),
    CHECK (concat(reader, paper, sound, checked) ~ '^[a-z_]{0,80}$'), CHECK (wants_look ~ '^[a-z_ ]*$'), CHECK (length(wants_look) <= 400)
);

-- A call of a kiosk stands among the centre's calls; kiosk_call is how the kiosk knows it again.
ALTER TABLE office.call ADD COLUMN kiosk text COLLATE "C", ADD COLUMN kiosk_call text COLLATE "C",
    ADD COLUMN answered_role text COLLATE "C";
CREATE UNIQUE INDEX call_of_kiosk ON office.call (centre, kiosk, kiosk_call) WHERE kiosk IS NOT NULL;

-- How this kiosk is now.
CREATE FUNCTION hub.tell(
    version text, said_at timestamptz, waiting bigint, oldest timestamptz, calls bigint, reader text, paper text,
    sound text, certificate_ends timestamptz, checked_at timestamptz, checked text, wants_look text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_kiosk();
BEGIN
    INSERT INTO hub.report VALUES (me.centre, me.kiosk, clock_timestamp(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                                   $11, $12)
    ON CONFLICT (centre, kiosk) DO UPDATE
       SET at = excluded.at, version = excluded.version, said_at = excluded.said_at, waiting = excluded.waiting,
           oldest = excluded.oldest, calls = excluded.calls, reader = excluded.reader, paper = excluded.paper,
           sound = excluded.sound, certificate_ends = excluded.certificate_ends,
           checked_at = excluded.checked_at, checked = excluded.checked, wants_look = excluded.wants_look;
END $$;

-- Somebody at this kiosk needs a person, and has waited for so many seconds; an empty name: nobody does.
-- Who goes there, once somebody does. One call of a kiosk waits at a time, and only a desk's answer is kept.
CREATE FUNCTION hub.call(name text, waits double precision) RETURNS TABLE (seen_by text, role text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_kiosk();
    since timestamptz;
BEGIN
    IF $1 IS NULL OR length($1) > 64 THEN
        RAISE string_data_right_truncation;
    END IF;
    DELETE FROM office.call c
     WHERE c.centre = me.centre AND c.kiosk = me.kiosk AND c.answered_at IS NULL AND c.kiosk_call <> $1;
    IF $1 = '' THEN
        RETURN;
    END IF;
    since := clock_timestamp() - make_interval(secs => least(greatest($2, 0), 86400));
    INSERT INTO office.call (centre, page_id, at, kiosk, kiosk_call)
    VALUES (me.centre, '', to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), me.kiosk, $1)
    ON CONFLICT DO NOTHING;
    RETURN QUERY
    SELECT coalesce(c.answered_by, ''), coalesce(a.role, '') FROM office.call c
      LEFT JOIN office.account a ON a.centre = c.centre AND a.name = c.answered_by
     WHERE c.centre = me.centre AND c.kiosk = me.kiosk AND c.kiosk_call = $1 AND c.answered_at IS NOT NULL
     ORDER BY c.id DESC LIMIT 1;
END $$;

ALTER TABLE hub.report ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.report FORCE ROW LEVEL SECURITY;
CREATE POLICY own_centre ON hub.report USING (centre = (SELECT hub.my_centre()))
    WITH CHECK (centre = (SELECT hub.my_centre()));
CREATE POLICY administers ON hub.report TO bb_admin USING (true) WITH CHECK (true);
REVOKE ALL ON FUNCTION hub.call(text, double precision), hub.tell(text, timestamptz, bigint, timestamptz, bigint,
    text, text, text, timestamptz, timestamptz, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.call(text, double precision), hub.tell(text, timestamptz, bigint, timestamptz, bigint,
    text, text, text, timestamptz, timestamptz, text, text) TO bb_kiosks;
GRANT SELECT ON hub.report TO bb_desks, bb_admin;
