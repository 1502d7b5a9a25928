-- ?1 one, ?2 other (the larger), ?3 verdict, ?4 reason, ?5 score, ?6 at, ?7 who
-- What a person said of a pair stands against what a program thinks.
INSERT INTO record_pair (one, other, verdict, reason, score, at, who)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (one, other) DO UPDATE
SET verdict = excluded.verdict, reason = excluded.reason, score = excluded.score, at = excluded.at,
    who = excluded.who
WHERE excluded.verdict = 'apart'
