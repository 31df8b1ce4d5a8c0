-- Cases that one centre hands over to another. Each lies in one row: whose it is follows from that row alone, and
-- every step is one action at one centre. Bodies are sealed to the key of the centre that they go to.

-- How a centre is called where cases of others go to it: name and address as JSON by language.
CREATE TABLE hub.place (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), one bigint NOT NULL, name text NOT NULL,
    address text NOT NULL, phone text NOT NULL, PRIMARY KEY (centre, one),
    -- every other centre reads it with every case
    CHECK (length(name) <= 4000 AND length(address) <= 4000 AND length(phone) <= 1000)
);

-- centre: who hands it over. taken_at: to_centre has it. called_back_at, back_at: centre has it again; back_why
-- goes once it is noticed there. let_go_at: what centre has kept of it is erased. word: what its person did with it
-- here while to_centre had it; answer: what came of that there.
CREATE TABLE hub.handover (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), id text COLLATE "C" NOT NULL,
    n bigint NOT NULL GENERATED ALWAYS AS IDENTITY, to_centre text COLLATE "C" NOT NULL,
    case_id text COLLATE "C" NOT NULL, handed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    taken_at timestamptz, called_back_at timestamptz, back_at timestamptz, back_why text,
    noticed_at timestamptz, heard_at timestamptz, let_go_at timestamptz, word text COLLATE "C", answer text COLLATE "C",
    PRIMARY KEY (centre, id)
);
CREATE INDEX handover_of_case ON hub.handover (case_id, centre);
CREATE INDEX handover_waiting ON hub.handover (to_centre, n)
    WHERE taken_at IS NULL AND called_back_at IS NULL AND back_at IS NULL;
CREATE INDEX handover_word ON hub.handover (to_centre) WHERE word IS NOT NULL AND answer IS NULL;
CREATE INDEX handover_back ON hub.handover (centre, n)
    WHERE (back_at IS NOT NULL AND noticed_at IS NULL) OR (answer IS NOT NULL AND heard_at IS NULL);

-- n: 0 is the case, then its papers. They go when to_centre has taken it in, or centre has it again.
CREATE TABLE hub.handover_part (
    centre text COLLATE "C" NOT NULL DEFAULT hub.my_centre(), id text COLLATE "C" NOT NULL, n bigint NOT NULL,
    to_centre text COLLATE "C" NOT NULL, body bytea NOT NULL, PRIMARY KEY (centre, id, n),
    FOREIGN KEY (centre, id) REFERENCES hub.handover (centre, id) ON DELETE CASCADE
);

CREATE FUNCTION hub.this_desk() RETURNS hub.member
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.me();
BEGIN
    IF me.kind IS DISTINCT FROM 'desk' THEN
        RAISE insufficient_privilege USING MESSAGE = 'no desk of this hub';
    END IF;
    RETURN me;
END $$;

CREATE FUNCTION hub.at_a_desk() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.me();
BEGIN
    RETURN coalesce(me.kind = 'desk', false);
END $$;

-- The other centres whose staff hold a key, with what is sealed for them is sealed to.
CREATE FUNCTION hub.neighbours()
RETURNS TABLE (centre text, title text, name text, address text, phone text, bound_to text, id bytea, public bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    RETURN QUERY
    SELECT c.centre, c.name, p.name, p.address, p.phone, coalesce(k.bound_to, o.id), k.id, k.public
      FROM hub.centre c
      JOIN office.centre o ON o.centre = c.centre AND o.one = 1
      JOIN office.centre_key k ON k.centre = c.centre
           AND k.n = (SELECT max(newest.n) FROM office.centre_key newest WHERE newest.centre = c.centre)
      LEFT JOIN hub.place p ON p.centre = c.centre AND p.one = 1
     WHERE c.centre <> me.centre AND k.protected <> 0 AND length(k.public) = 32
       AND EXISTS (SELECT FROM hub.member m
                    WHERE m.centre = c.centre AND m.kind = 'desk' AND m.revoked_at IS NULL)
     ORDER BY c.centre;
END $$;

-- Begun; its parts follow in the same action. Not to where it was before.
CREATE FUNCTION hub.hand_over(handover text, whither text, wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    IF EXISTS (SELECT FROM hub.handover h WHERE h.case_id = wanted
                  AND (h.centre = whither OR (h.to_centre = whither AND h.taken_at IS NOT NULL)))
       OR NOT EXISTS (SELECT FROM hub.neighbours() one WHERE one.centre = whither) THEN
        RETURN false;
    END IF;
    INSERT INTO hub.handover (centre, id, to_centre, case_id) VALUES (me.centre, handover, whither, wanted);
    RETURN true;
END $$;

-- From now on the case is ours; false where whoever handed it over was faster in taking it back.
CREATE FUNCTION hub.take_handover(whence text, handover text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    UPDATE hub.handover h SET taken_at = clock_timestamp()
     WHERE h.centre = whence AND h.id = handover AND h.to_centre = me.centre
       AND h.taken_at IS NULL AND h.called_back_at IS NULL AND h.back_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM hub.handover_part p WHERE p.centre = whence AND p.id = handover;
    RETURN true;
END $$;

-- What cannot be made a case here goes back unopened.
CREATE FUNCTION hub.refuse_handover(whence text, handover text, why text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    UPDATE hub.handover h SET back_at = clock_timestamp(), back_why = why
     WHERE h.centre = whence AND h.id = handover AND h.to_centre = me.centre
       AND h.taken_at IS NULL AND h.called_back_at IS NULL AND h.back_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM hub.handover_part p WHERE p.centre = whence AND p.id = handover;
    RETURN true;
END $$;

-- Ours again, as long as nobody has taken it in.
CREATE FUNCTION hub.call_back(wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
    found_one text;
BEGIN
    UPDATE hub.handover h SET called_back_at = clock_timestamp(), noticed_at = clock_timestamp()
     WHERE h.centre = me.centre AND h.case_id = wanted
       AND h.taken_at IS NULL AND h.called_back_at IS NULL AND h.back_at IS NULL AND h.let_go_at IS NULL
    RETURNING h.id INTO found_one;
    DELETE FROM hub.handover_part p WHERE p.centre = me.centre AND p.id = found_one;
    RETURN found_one IS NOT NULL;
END $$;

-- To whom it came from, who still keeps it.
CREATE FUNCTION hub.give_back(wanted text, why text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    UPDATE hub.handover h SET back_at = clock_timestamp(), back_why = why
     WHERE h.to_centre = me.centre AND h.case_id = wanted
       AND h.taken_at IS NOT NULL AND h.back_at IS NULL AND h.let_go_at IS NULL;
    RETURN FOUND;
END $$;

-- What came back, or was answered, is known here now.
CREATE FUNCTION hub.notice_handover(handover text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    UPDATE hub.handover h SET back_why = NULL,
           noticed_at = CASE WHEN h.back_at IS NULL THEN h.noticed_at ELSE clock_timestamp() END,
           heard_at = CASE WHEN h.answer IS NULL THEN h.heard_at ELSE clock_timestamp() END
     WHERE h.centre = me.centre AND h.id = handover;
END $$;

-- Nothing of it is kept here any more: it cannot come back.
CREATE FUNCTION hub.let_go(wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    UPDATE hub.handover h SET let_go_at = clock_timestamp(), back_why = NULL
     WHERE h.centre = me.centre AND h.case_id = wanted AND h.called_back_at IS NULL AND h.back_at IS NULL;
END $$;

-- What its person did with it here is passed on to who has it; false where nobody has.
CREATE FUNCTION hub.pass_on(wanted text, what text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    UPDATE hub.handover h SET word = what
     WHERE h.centre = me.centre AND h.case_id = wanted AND h.taken_at IS NOT NULL AND h.back_at IS NULL;
    RETURN FOUND;
END $$;

CREATE FUNCTION hub.answer_word(whence text, handover text, what text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me hub.member := hub.this_desk();
BEGIN
    UPDATE hub.handover h SET answer = what
     WHERE h.centre = whence AND h.id = handover AND h.to_centre = me.centre
       AND h.word IS NOT NULL AND h.answer IS NULL;
END $$;

-- ── who may do what ──
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['place', 'handover', 'handover_part'] LOOP
        EXECUTE format('ALTER TABLE hub.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE hub.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format(
            'CREATE POLICY own_centre ON hub.%I USING (centre = (SELECT hub.my_centre()))'
            ' WITH CHECK (centre = (SELECT hub.my_centre()))', one);
        -- only in the functions above, and only for a desk: each says which row it means
        EXECUTE format('CREATE POLICY between_desks ON hub.%I TO bb_owner USING ((SELECT hub.at_a_desk()))'
                       ' WITH CHECK ((SELECT hub.at_a_desk()))', one);
    END LOOP;
    FOREACH one IN ARRAY ARRAY['handover', 'handover_part'] LOOP
        EXECUTE format('CREATE POLICY comes_here ON hub.%I FOR SELECT TO bb_desks'
                       ' USING (to_centre = (SELECT hub.my_centre()))', one);
    END LOOP;
END $$;
CREATE POLICY neighbours ON office.centre_key FOR SELECT TO bb_owner USING ((SELECT hub.at_a_desk()));
CREATE POLICY neighbours ON office.centre FOR SELECT TO bb_owner USING ((SELECT hub.at_a_desk()));
CREATE POLICY administers ON hub.handover FOR SELECT TO bb_admin USING (true);

REVOKE ALL ON FUNCTION hub.this_desk(), hub.at_a_desk(), hub.neighbours(), hub.hand_over(text, text, text),
    hub.take_handover(text, text), hub.refuse_handover(text, text, text), hub.call_back(text),
    hub.give_back(text, text), hub.notice_handover(text), hub.let_go(text), hub.pass_on(text, text),
    hub.answer_word(text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub.neighbours(), hub.hand_over(text, text, text), hub.take_handover(text, text),
    hub.refuse_handover(text, text, text), hub.call_back(text), hub.give_back(text, text),
    hub.notice_handover(text), hub.let_go(text), hub.pass_on(text, text), hub.answer_word(text, text, text)
    TO bb_desks;
GRANT SELECT, INSERT, UPDATE ON hub.place TO bb_desks;
GRANT SELECT ON hub.handover, hub.handover_part TO bb_desks;
GRANT INSERT ON hub.handover_part TO bb_desks;
GRANT SELECT (centre, id, n, to_centre, case_id, handed_at, taken_at, called_back_at, back_at, noticed_at,
    heard_at, let_go_at)
    ON hub.handover TO bb_admin;
