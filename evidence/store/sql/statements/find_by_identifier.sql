-- ?1 kind, ?2 value, ?3 the publication that asks (0: none), ?4 how many at most
SELECT DISTINCT publication_key
FROM record_identifier CROSS JOIN source_record USING (record_key)
WHERE kind = ?1 AND value = ?2 AND publication_key <> ?3
ORDER BY publication_key
LIMIT ?4
