-- ?1 publication_key (NULL: a new one), ?2 id (NULL: one to be replaced when it is settled),
-- ?3 screening, ?4 now
INSERT INTO publication (publication_key, id, study, title, year, merged, retracted, withdrawn,
                         screening, searchable, added, changed)
VALUES (coalesce(?1, (SELECT coalesce(max(publication_key), 0) + 1 FROM publication)),
        coalesce(?2, 'new:' || CAST(gen_random_uuid() AS TEXT)),
        NULL, NULL, NULL, NULL, 0, 0, ?3, 0, ?4, ?4)
RETURNING publication_key
