-- ?1 change_key, ?2 at, ?3 question, ?4 before_verdict, ?5 before_certainty, ?6 after_verdict,
-- ?7 after_certainty, ?8 cause, ?9 actor, ?10 base_hash
INSERT INTO verdict_change (change_key, at, question, before_verdict, before_certainty, after_verdict,
                            after_certainty, cause, actor, base_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
