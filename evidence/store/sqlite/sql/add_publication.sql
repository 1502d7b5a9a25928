-- ?1 publication_key (NULL: a new one), ?2 id (NULL: one to be replaced when it is settled),
-- ?3 screening, ?4 now
INSERT INTO publication (publication_key, id, study, title, year, merged, retracted, withdrawn,
                         screening, searchable, added, changed)
VALUES (?1, coalesce(?2, 'new:' || hex(randomblob(8))),
        NULL, NULL, NULL, NULL, 0, 0, ?3, 0, ?4, ?4)
