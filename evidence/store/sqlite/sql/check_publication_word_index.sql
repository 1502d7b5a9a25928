-- Fails if the index is damaged
INSERT INTO publication_words (publication_words) VALUES ('integrity-check')
