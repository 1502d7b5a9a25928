-- ?1 publication_key, ?2 screening
UPDATE publication SET screening = ?2 WHERE publication_key = ?1
