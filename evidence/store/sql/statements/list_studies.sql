-- ?1 how many to give, ?2 how many to skip
SELECT id FROM study ORDER BY id LIMIT ?1 OFFSET ?2
