-- How many imports stored something that the audit log does not tell of
SELECT count(*)
FROM import_run
WHERE replace(hash, '0', '') <> '' AND hash NOT IN (SELECT after_hash FROM audit WHERE kind = 'import')
