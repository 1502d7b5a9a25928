-- A record as it stands: its hash, and a study's key or its place in its list.
-- ?1 kind, ?2 id
SELECT hash, study_key FROM study WHERE ?1 = 'study' AND id = ?2
UNION ALL
SELECT hash, 0 FROM intervention WHERE ?1 = 'intervention' AND id = ?2
UNION ALL
SELECT hash, position FROM condition WHERE ?1 = 'condition' AND id = ?2
UNION ALL
SELECT hash, position FROM outcome WHERE ?1 = 'outcome' AND id = ?2
UNION ALL
SELECT hash, 0 FROM document WHERE ?1 = 'document' AND name = ?2
