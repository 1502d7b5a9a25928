-- ?1 publication_key
UPDATE publication SET searchable = 0 WHERE publication_key = ?1
