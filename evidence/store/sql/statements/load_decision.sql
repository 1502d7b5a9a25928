-- ?1 decision_key
SELECT publication_key, decision, reason, who, at FROM screening_decision WHERE decision_key = ?1
