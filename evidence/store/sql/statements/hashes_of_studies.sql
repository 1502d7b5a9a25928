-- Every study's id and hash, by id, and its key
SELECT id, hash, study_key FROM study ORDER BY id
