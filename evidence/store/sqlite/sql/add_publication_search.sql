-- ?1 publication_key, ?2 title, ?3 authors, ?4 journal, ?5 keywords, ?6 abstract
INSERT INTO publication_search (rowid, title, authors, journal, keywords, abstract)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
