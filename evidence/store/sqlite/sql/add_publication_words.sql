-- ?1 publication_key, ?2 title, ?3 authors, ?4 journal
INSERT INTO publication_words (rowid, title, authors, journal) VALUES (?1, ?2, ?3, ?4)
