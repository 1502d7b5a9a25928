-- For a connection that only reads, on top of a file opened read only.
PRAGMA query_only = ON;
