-- Every study's text
SELECT study_key, text FROM study_text ORDER BY study_key
