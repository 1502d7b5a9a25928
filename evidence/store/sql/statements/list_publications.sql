-- ?1 screening, ?2 how many to give, ?3 how many to skip
SELECT publication_key
FROM publication
WHERE study IS NULL AND withdrawn = 0 AND screening = ?1
ORDER BY publication_key DESC
LIMIT ?2 OFFSET ?3
