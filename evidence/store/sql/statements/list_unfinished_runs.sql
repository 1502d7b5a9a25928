-- ?1 the run before which to begin, ?2 how many to give; the newest first
SELECT run_key, source, query, since, most, saved_search, content_hash, state, position, status,
       complete, error, network, found, added, merged, updated, unchanged, refused, warnings, hash,
       begun, touched, ended, host, process
FROM import_run
WHERE run_key < ?1 AND status <> 'finished'
ORDER BY run_key DESC
LIMIT ?2
