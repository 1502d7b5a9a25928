-- ?1 run_key
SELECT message FROM import_warning WHERE run_key = ?1 ORDER BY position
