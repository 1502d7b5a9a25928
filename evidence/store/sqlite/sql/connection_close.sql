-- When the last writer leaves: a file at rest can then be read from a folder in which its reader may
-- not write (a WAL needs two files beside it). Refused, without harm, while others have it open.
PRAGMA busy_timeout = 0;
PRAGMA journal_mode = DELETE;
