-- ?1 publication_key, ?2 a time: a row where a person decided on it from then on
SELECT 1 FROM screening_decision WHERE publication_key = ?1 AND at >= ?2 LIMIT 1
