-- ?1 publication_key: what its own records say befell it
SELECT type, doi, pmid, date, found_notice.source, reason
FROM source_record CROSS JOIN found_notice USING (record_key)
WHERE publication_key = ?1 AND target_kind IS NULL AND deleted = 0
ORDER BY record_key, position
