-- ?1 publication_key that goes away: its id leads on through the log of merges
INSERT INTO publication_alias (id, publication_key)
SELECT id, publication_key FROM publication WHERE publication_key = ?1
ON CONFLICT (id) DO UPDATE SET publication_key = excluded.publication_key
