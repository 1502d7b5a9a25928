-- ?1 id
SELECT publication_key FROM publication_alias WHERE id = ?1
