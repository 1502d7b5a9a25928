-- ?1 receives a pointer to FTS5's interface for programs
SELECT fts5(?1)
