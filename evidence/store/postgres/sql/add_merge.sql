-- ?1 at, ?2 who, ?3 into_key, ?4 reason, ?5 score, ?6 from_key (NULL: a new record joined)
INSERT INTO merge (merge_key, at, who, into_key, reason, score, from_key, from_id, from_screening, from_added,
                   into_id, into_screening)
SELECT (SELECT coalesce(max(merge_key), 0) + 1 FROM merge),
       ?1, ?2, stays.publication_key, ?4, ?5, goes.publication_key, goes.id, goes.screening,
       goes.added, stays.id, stays.screening
FROM publication AS stays LEFT JOIN publication AS goes ON goes.publication_key = ?6
WHERE stays.publication_key = ?3
RETURNING merge_key
