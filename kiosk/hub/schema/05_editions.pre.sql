-- Editions: service files and the working calendar, published once for all centres and fetched by every box.
-- The hub only carries them. What is in them counts by the signature, which each box looks at itself: whoever
-- rules this database can keep an edition back or lay down another, and make no box use it.

-- Of everybody, so of no centre.
CREATE TABLE hub.edition (
    n bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text COLLATE "C" NOT NULL,
    digest bytea NOT NULL, body bytea NOT NULL, signature bytea NOT NULL,
    published_by text COLLATE "C" NOT NULL DEFAULT session_user, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (kind IN ('services', 'calendar')), CHECK (length(body) BETWEEN 1 AND 4194304), CHECK (length(signature) = 64)
);
CREATE INDEX edition_newest ON hub.edition (kind, n DESC);

-- What each kiosk uses (held) and what it did not take (left_out), by its own word; empty: nothing.
CREATE TABLE hub.edition_at (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), kiosk text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL, held bytea NOT NULL, left_out bytea NOT NULL, why text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (centre, kiosk, kind)
);

-- ── what a kiosk and a desk may call ──
-- The newest of a kind, unless it is the one that is held there, or was left out.
CREATE FUNCTION hub.newest_edition(wanted text, held bytea, left_out bytea, why text)
RETURNS TABLE (body bytea, signature bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    me hub.member := hub.me();
BEGIN
    IF me.kind IS NULL OR me.kind NOT IN ('kiosk', 'desk') OR wanted NOT IN ('services', 'calendar') THEN
        RAISE insufficient_privilege USING MESSAGE = 'no kiosk or desk of this hub';
    END IF;
    IF me.kind = 'kiosk' THEN
        INSERT INTO hub.edition_at AS e (centre, kiosk, kind, held, left_out, why)
        VALUES (me.centre, me.kiosk, wanted, substr(held, 1, 32), substr(left_out, 1, 32), left(why, 32))
        ON CONFLICT (centre, kiosk, kind) DO UPDATE
           SET held = excluded.held, left_out = excluded.left_out, why = excluded.why, at = excluded.at
         WHERE (e.held, e.left_out, e.why) IS DISTINCT FROM (excluded.held, excluded.left_out, excluded.why);
    END IF;
    RETURN QUERY
    SELECT one.body, one.signature
      FROM (SELECT e.digest, e.body, e.signature FROM hub.edition e
             WHERE e.kind = wanted ORDER BY e.n DESC LIMIT 1) one
     WHERE one.digest <> held AND one.digest <> left_out;
END $$;

-- ── what a district may call, and whoever looks after the database ──
-- No centre: there is one set for all, and a centre's own services lie in its own boxes.
CREATE FUNCTION hub.may_publish() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.me();
BEGIN
    IF me.kind IS DISTINCT FROM 'district' AND NOT pg_has_role(session_user, 'bb_admin', 'MEMBER') THEN
        RAISE insufficient_privilege USING MESSAGE = 'no district of this hub';
    END IF;
END $$;

CREATE FUNCTION hub.published(wanted text) RETURNS TABLE (body bytea, signature bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.may_publish();
    RETURN QUERY
    SELECT e.body, e.signature FROM hub.edition e WHERE e.kind = wanted ORDER BY e.n DESC LIMIT 1;
END $$;

-- The last ten of a kind stay.
CREATE FUNCTION hub.publish(wanted text, body bytea, signature bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
BEGIN
    PERFORM hub.may_publish();
    INSERT INTO hub.edition (kind, digest, body, signature) VALUES (wanted, sha256(body), body, signature);
    DELETE FROM hub.edition e WHERE e.kind = wanted
       AND e.n <= (SELECT o.n FROM hub.edition o WHERE o.kind = wanted ORDER BY o.n DESC OFFSET 10 LIMIT 1);
END $$;

-- ── who may do what ──
ALTER TABLE hub.edition ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.edition FORCE ROW LEVEL SECURITY;
CREATE POLICY functions ON hub.edition TO bb_owner USING (true) WITH CHECK (true);
CREATE POLICY everybodys ON hub.edition FOR SELECT TO bb_desks, bb_admin USING (true);
ALTER TABLE hub.edition_at ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.edition_at FORCE ROW LEVEL SECURITY;
CREATE POLICY own_centre ON hub.edition_at
    USING (centre = (SELECT hub.my_centre())) WITH CHECK (centre = (SELECT hub.my_centre()));
CREATE POLICY administers ON hub.edition_at TO bb_admin USING (true) WITH CHECK (true);

REVOKE ALL ON FUNCTION hub.newest_edition(text, bytea, bytea, text), hub.may_publish(), hub.published(text),
    hub.publish(text, bytea, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.newest_edition(text, bytea, bytea, text) TO bb_kiosks, bb_desks;
GRANT EXECUTE ON FUNCTION hub.published(text), hub.publish(text, bytea, bytea) TO bb_districts, bb_admin;
GRANT SELECT ON hub.edition, hub.edition_at TO bb_desks, bb_admin;
