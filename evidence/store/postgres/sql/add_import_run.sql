-- ?1 source, ?2 query, ?3 since, ?4 most, ?5 saved_search, ?6 content_hash, ?7 hash, ?8 begun, ?9 host,
-- ?10 process
INSERT INTO import_run (run_key, source, query, since, most, saved_search, content_hash, state, position,
                        status, complete, error, network, found, added, merged, updated, unchanged,
                        refused, warnings, hash, begun, touched, ended, host, process)
VALUES ((SELECT coalesce(max(run_key), 0) + 1 FROM import_run),
        ?1, ?2, ?3, ?4, ?5, ?6, NULL, 0, 'running', 0, NULL, 0, NULL, 0, 0, 0, 0, 0, 0, ?7, ?8, ?8,
        NULL, ?9, ?10)
RETURNING run_key
