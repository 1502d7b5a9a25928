-- How many lines of the feed, from the first that the log tells of, are more or fewer than it tells
WITH told (first, last) AS (
    SELECT CAST(json_extract(detail, '$.first') AS BIGINT), CAST(json_extract(detail, '$.last') AS BIGINT)
    FROM audit
    WHERE kind = 'changes'
)
SELECT abs(coalesce((SELECT sum(last - first + 1) FROM told), 0) -
           (SELECT count(*) FROM verdict_change WHERE change_key >= (SELECT min(first) FROM told)))
