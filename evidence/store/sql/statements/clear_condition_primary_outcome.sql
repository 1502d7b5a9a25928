-- ?1 condition
DELETE FROM condition_primary_outcome WHERE condition = ?1
