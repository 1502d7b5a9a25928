-- ?1 publication_key
DELETE FROM publication WHERE publication_key = ?1
