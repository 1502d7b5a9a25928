-- ?1 source, ?2 query; only the newest run counts: one that finished since has made up for the rest
SELECT run_key, source, query, since, most, saved_search, content_hash, state, position, status,
       complete, error, network, found, added, merged, updated, unchanged, refused, warnings, hash,
       begun, touched, ended, host, process
FROM import_run
WHERE run_key = (SELECT max(run_key) FROM import_run WHERE source = ?1 AND query = ?2)
      AND status <> 'finished'
