-- Fails if the index and its text differ
INSERT INTO study_search (study_search, rank) VALUES ('integrity-check', 1)
