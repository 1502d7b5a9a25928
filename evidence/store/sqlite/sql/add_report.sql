-- ?1 at, ?2 kind, ?3 about, ?4 text
INSERT INTO report (at, kind, about, text, status) VALUES (?1, ?2, ?3, ?4, 'open')
