-- ?1 publication_key, and what was added: ?2 title, ?3 authors, ?4 journal
INSERT INTO publication_words (publication_words, rowid, title, authors, journal)
VALUES ('delete', ?1, ?2, ?3, ?4)
