-- ?1 change_key
SELECT study FROM verdict_change_study WHERE change_key = ?1 ORDER BY position
