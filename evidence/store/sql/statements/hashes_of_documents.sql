-- Every document's name and hash, by name
SELECT name, hash, 0 FROM document ORDER BY name
