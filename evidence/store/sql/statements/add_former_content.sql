-- ?1 hash, ?2 packed, ?3 length, ?4 content; the same content is kept once
INSERT INTO former_content (hash, packed, length, content) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (hash) DO NOTHING
