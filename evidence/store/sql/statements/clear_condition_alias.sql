-- ?1 condition
DELETE FROM condition_alias WHERE condition = ?1
