-- ?1 likeness, ?2 record_key
DELETE FROM record_likeness WHERE likeness = ?1 AND record_key = ?2
