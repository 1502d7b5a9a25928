-- ?1 publication_key they leave, ?2 publication_key they join
UPDATE source_record SET publication_key = ?2 WHERE publication_key = ?1
