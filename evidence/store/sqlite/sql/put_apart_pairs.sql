-- ?1 publication_key, ?2 another, ?3 at, ?4 who: none of the records of one belongs to the other
INSERT INTO record_pair (one, other, verdict, reason, score, at, who)
SELECT min(a.record_key, b.record_key), max(a.record_key, b.record_key), 'apart', 'undone', NULL, ?3, ?4
FROM source_record AS a CROSS JOIN source_record AS b
WHERE a.publication_key = ?1 AND b.publication_key = ?2
ON CONFLICT (one, other) DO UPDATE
SET verdict = excluded.verdict, reason = excluded.reason, at = excluded.at, who = excluded.who
