-- ?1 publication_key
SELECT id FROM publication WHERE publication_key = ?1
