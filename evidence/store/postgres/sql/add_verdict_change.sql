-- ?1 at, ?2 question, ?3 before_verdict, ?4 before_certainty, ?5 after_verdict, ?6 after_certainty,
-- ?7 cause, ?8 actor; the base is the one that is stored
INSERT INTO verdict_change (change_key, at, question, before_verdict, before_certainty, after_verdict,
                            after_certainty, cause, actor, base_hash)
VALUES ((SELECT coalesce(max(change_key), 0) + 1 FROM verdict_change),
        ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT base_hash FROM meta))
RETURNING change_key
