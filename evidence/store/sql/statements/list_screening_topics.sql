-- ?1 decision_key
SELECT intervention, condition FROM screening_topic WHERE decision_key = ?1 ORDER BY position
