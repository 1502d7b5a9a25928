-- ?1 publication_key
SELECT decision_key, decision, reason, who, at
FROM screening_decision
WHERE publication_key = ?1
ORDER BY decision_key DESC
