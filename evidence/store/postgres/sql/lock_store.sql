-- One writer at a time: held until the end of the transaction. Not every server that speaks this
-- protocol can tell others of a change.
SELECT version, (SELECT count(*) FROM pg_catalog.pg_proc WHERE proname = 'pg_notify')
FROM touchstone_store FOR UPDATE
