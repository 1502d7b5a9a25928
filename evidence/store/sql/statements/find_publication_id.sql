-- ?1 id
SELECT publication_key FROM publication WHERE id = ?1
