-- ?1 publication_key of one that went away: where its records went
SELECT into_key FROM merge WHERE from_key = ?1 AND undone IS NULL ORDER BY merge_key DESC LIMIT 1
