-- ?1 run_key, ?2 state, ?3 position, ?4 status, ?5 complete, ?6 error, ?7 network, ?8 found, ?9 added,
-- ?10 merged, ?11 updated, ?12 unchanged, ?13 refused, ?14 warnings, ?15 hash, ?16 touched, ?17 ended,
-- ?18 host, ?19 process
UPDATE import_run
SET state = ?2, position = ?3, status = ?4, complete = ?5, error = ?6, network = ?7, found = ?8,
    added = ?9, merged = ?10, updated = ?11, unchanged = ?12, refused = ?13, warnings = ?14,
    hash = ?15, touched = ?16, ended = ?17, host = ?18, process = ?19
WHERE run_key = ?1
