-- ?1 study_key, whose rows must still stand: the index is told what to forget
INSERT INTO study_search (study_search, rowid, title, authors, journal, population, conclusion)
SELECT 'delete', study_key, title, authors, journal, population, conclusion
FROM study_text
WHERE study_key = ?1
