-- Fails if the index and its text differ
INSERT INTO study_words (study_words, rank) VALUES ('integrity-check', 1)
