SELECT name, source, query, most, every, created, due FROM saved_search ORDER BY name
