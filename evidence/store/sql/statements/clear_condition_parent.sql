-- ?1 condition
DELETE FROM condition_parent WHERE condition = ?1
