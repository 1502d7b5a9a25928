-- How many merges of publications since the log tells of them are not told of, or are undone and it
-- does not say so, or the other way round
WITH told (merge_key, is_split) AS (
    SELECT CAST(json_extract(detail, '$.merge') AS BIGINT), action = 'split'
    FROM audit
    WHERE kind = 'publication' AND action IN ('merge', 'split')
)
SELECT (SELECT count(*) FROM merge
        WHERE from_key IS NOT NULL
              AND merge_key > (SELECT min(merge_key) FROM told WHERE NOT is_split)
              AND merge_key NOT IN (SELECT merge_key FROM told WHERE NOT is_split)) +
       (SELECT count(*) FROM told WHERE merge_key NOT IN (SELECT merge_key FROM merge)) +
       (SELECT count(*) FROM merge
        WHERE merge_key IN (SELECT merge_key FROM told WHERE NOT is_split)
              AND (undone IS NOT NULL) <> (merge_key IN (SELECT merge_key FROM told WHERE is_split)))
