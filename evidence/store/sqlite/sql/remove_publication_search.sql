-- ?1 publication_key, and what was added: ?2 title, ?3 authors, ?4 journal, ?5 keywords, ?6 abstract
INSERT INTO publication_search (publication_search, rowid, title, authors, journal, keywords, abstract)
VALUES ('delete', ?1, ?2, ?3, ?4, ?5, ?6)
