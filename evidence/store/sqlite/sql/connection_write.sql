-- For a connection that writes: readers go on reading while it does.
PRAGMA journal_mode = WAL;
