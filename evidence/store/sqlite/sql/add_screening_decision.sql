-- ?1 publication_key, ?2 decision, ?3 reason, ?4 who, ?5 at
INSERT INTO screening_decision (publication_key, decision, reason, who, at)
VALUES (?1, ?2, ?3, ?4, ?5)
