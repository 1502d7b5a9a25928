-- ?1 source, ?2 query
SELECT run_key, source, query, since, most, saved_search, content_hash, state, position, status,
       complete, error, network, found, added, merged, updated, unchanged, refused, warnings, hash,
       begun, touched, ended, host, process
FROM import_run
WHERE source = ?1 AND query = ?2 AND complete = 1
ORDER BY run_key DESC
LIMIT 1
