-- ?1 merge_key, ?2 when, ?3 by whom
UPDATE merge SET undone = ?2, undone_by = ?3 WHERE merge_key = ?1
