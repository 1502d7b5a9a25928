-- How many publications are screened otherwise than the last decision on them says; one that was not
-- screened takes over the decision on what is merged into it
SELECT count(*)
FROM publication
JOIN screening_decision AS last USING (publication_key)
WHERE last.decision_key = (SELECT max(decision_key) FROM screening_decision AS each_one
                           WHERE each_one.publication_key = publication.publication_key)
      AND last.decision <> publication.screening
      AND (last.decision <> 'unscreened'
           OR NOT EXISTS (SELECT 1 FROM merge
                          WHERE into_key = publication.publication_key AND from_key IS NOT NULL))
