-- For a connection that writes: readers go on reading while it does. 64 MB of the file in memory, since
-- what imports look up by hashes lies all over it.
PRAGMA journal_mode = WAL;
PRAGMA cache_size = -65536;
