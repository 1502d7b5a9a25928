-- ?1 publication_key, ?2 decision, ?3 reason, ?4 who, ?5 at
INSERT INTO screening_decision (decision_key, publication_key, decision, reason, who, at)
VALUES ((SELECT coalesce(max(decision_key), 0) + 1 FROM screening_decision),
        ?1, ?2, ?3, ?4, ?5)
RETURNING decision_key
