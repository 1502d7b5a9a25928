-- How many rows a public copy holds that it must not
SELECT (SELECT count(*) FROM publication) + (SELECT count(*) FROM source_record) +
       (SELECT count(*) FROM screening_decision) + (SELECT count(*) FROM merge) +
       (SELECT count(*) FROM import_run) + (SELECT count(*) FROM saved_search) +
       (SELECT count(*) FROM remembered_answer) + (SELECT count(*) FROM token) +
       (SELECT count(*) FROM session) + (SELECT count(*) FROM report)
