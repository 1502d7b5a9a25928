-- ?1 publication_key, ?2 retracted
UPDATE publication SET retracted = ?2 WHERE publication_key = ?1
