SELECT name, text FROM document ORDER BY name
