-- ?1 likeness, ?2 the publication that asks (0: none), ?3 how many records are looked at
SELECT source_record.publication_key
FROM (SELECT record_key FROM record_likeness WHERE likeness = ?1 ORDER BY record_key LIMIT ?3)
     AS alike
CROSS JOIN source_record USING (record_key)
WHERE publication_key <> ?2
ORDER BY record_key
