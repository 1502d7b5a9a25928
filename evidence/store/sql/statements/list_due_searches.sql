-- ?1 a time
SELECT name, source, query, most, every, created, due FROM saved_search WHERE due <= ?1 ORDER BY due, name
