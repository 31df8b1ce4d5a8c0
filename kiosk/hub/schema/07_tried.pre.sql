-- When somebody last tried a kiosk by hand, and which parts were not good. Words and times only, as with all it says.
ALTER TABLE hub.report
    ADD COLUMN tried_at timestamptz, ADD COLUMN tried text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN tried_look text COLLATE "C" NOT NULL DEFAULT '',
    ADD CHECK (tried_at >= '1900-01-01 00:00+00' AND tried_at < '9000-01-01 00:00+00'),
    ADD CHECK (tried ~ '^[a-z_]{0,20}$'), ADD CHECK (tried_look ~ '^[a-z_ ]*$'), ADD CHECK (length(tried_look) <= 400);

-- What somebody found at this kiosk, after it has told how it is.
CREATE FUNCTION hub.tell_tried(tried_at timestamptz, tried text, tried_look text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_kiosk();
BEGIN
    UPDATE hub.report SET tried_at = $1, tried = $2, tried_look = $3
     WHERE centre = me.centre AND kiosk = me.kiosk;
END $$;
REVOKE ALL ON FUNCTION hub.tell_tried(timestamptz, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.tell_tried(timestamptz, text, text) TO bb_kiosks;
