-- ?1 publication_key, ?2 id
UPDATE publication SET id = ?2 WHERE publication_key = ?1
