-- Every outcome's id and hash, by id, and its place in the list
SELECT id, hash, position FROM outcome ORDER BY id
