-- ?1 publication_key, ?2 another, ?3 at, ?4 who: none of the records of one belongs to the other
INSERT INTO record_pair (one, other, verdict, reason, score, at, who)
SELECT CASE WHEN a.record_key < b.record_key THEN a.record_key ELSE b.record_key END,
       CASE WHEN a.record_key < b.record_key THEN b.record_key ELSE a.record_key END,
       'apart', 'undone', NULL, ?3, ?4
FROM source_record AS a CROSS JOIN source_record AS b ON b.publication_key = ?2
WHERE a.publication_key = ?1
ON CONFLICT (one, other) DO UPDATE
SET verdict = excluded.verdict, reason = excluded.reason, at = excluded.at, who = excluded.who
