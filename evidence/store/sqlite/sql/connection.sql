-- For every connection. An untrusted schema may call no function with side effects; a save is on the
-- disk before it is acknowledged.
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA synchronous = FULL;
