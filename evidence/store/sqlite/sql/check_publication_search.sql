-- Fails if the index is damaged
INSERT INTO publication_search (publication_search) VALUES ('integrity-check')
