-- ?1 decision_key, ?2 position, ?3 intervention, ?4 condition
INSERT INTO screening_topic (decision_key, position, intervention, condition) VALUES (?1, ?2, ?3, ?4)
