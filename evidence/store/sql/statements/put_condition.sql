-- ?1 id, ?2 position, ?3 name, ?4 plain, ?5 primary_window, ?6 hash
INSERT INTO condition (id, position, name, plain, primary_window, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET
    position = excluded.position,
    name = excluded.name,
    plain = excluded.plain,
    primary_window = excluded.primary_window,
    hash = excluded.hash
