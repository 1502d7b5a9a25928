-- Every intervention's id and hash, by id
SELECT id, hash, 0 FROM intervention ORDER BY id
