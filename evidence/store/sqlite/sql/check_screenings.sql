-- How many publications are screened otherwise than the last decision on them says
SELECT count(*)
FROM publication
JOIN screening_decision AS last USING (publication_key)
WHERE last.decision_key = (SELECT max(decision_key) FROM screening_decision AS any
                           WHERE any.publication_key = publication.publication_key)
      AND last.decision <> publication.screening
      AND NOT EXISTS (SELECT 1 FROM merge
                      WHERE into_key = publication.publication_key AND from_key IS NOT NULL)
