-- The key of a change that is added now, and the base that is stored.
SELECT coalesce(max(change_key), 0) + 1, (SELECT base_hash FROM meta) FROM verdict_change
