-- ?1 study id
SELECT publication_key FROM publication WHERE study = ?1
