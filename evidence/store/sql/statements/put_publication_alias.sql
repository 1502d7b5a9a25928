-- ?1 id, ?2 publication_key
INSERT INTO publication_alias (id, publication_key) VALUES (?1, ?2)
ON CONFLICT (id) DO UPDATE SET publication_key = excluded.publication_key
