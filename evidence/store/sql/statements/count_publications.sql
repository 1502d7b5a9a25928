-- ?1 screening
SELECT count(*) FROM publication WHERE study IS NULL AND withdrawn = 0 AND screening = ?1
