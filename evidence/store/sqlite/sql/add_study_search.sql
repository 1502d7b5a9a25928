-- ?1 study_key, whose rows stand already
INSERT INTO study_search (rowid, title, authors, journal, population, conclusion)
SELECT study_key, title, authors, journal, population, conclusion FROM study_text WHERE study_key = ?1
