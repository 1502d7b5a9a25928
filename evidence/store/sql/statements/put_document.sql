-- ?1 name, ?2 text, ?3 hash
INSERT INTO document (name, text, hash)
VALUES (?1, ?2, ?3)
ON CONFLICT (name) DO UPDATE SET
    text = excluded.text,
    hash = excluded.hash
