-- How many rows stand for records that are not there
SELECT (SELECT count(*) FROM record_identifier
        WHERE record_key NOT IN (SELECT record_key FROM source_record)) +
       (SELECT count(*) FROM found_notice
        WHERE record_key NOT IN (SELECT record_key FROM source_record))
