-- How many decisions the log does not tell of, or tells of that are not there
SELECT abs((SELECT count(*) FROM screening_decision) -
           (SELECT count(*) FROM audit
            WHERE kind = 'screening'
                  OR (kind = 'publication' AND json_extract(detail, '$.decision') IS NOT NULL)))
