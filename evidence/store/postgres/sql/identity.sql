-- How many tables the schema has, and whether the one that tells the version is among them
SELECT count(*), count(CASE WHEN table_name = 'touchstone_store' THEN 1 END)
FROM information_schema.tables
WHERE table_schema = current_schema()
