-- ?1 publication_key
DELETE FROM publication_search WHERE publication_key = ?1
