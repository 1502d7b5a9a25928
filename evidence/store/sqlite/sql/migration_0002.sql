-- The second schema: what importers bring in, beside the curated base and never part of it.
--
-- A source's record is kept as it was given. Records that tell of one publication are its records;
-- merging moves records and never throws one away, so that it can be undone. Times are seconds since
-- 1970 UTC. Tables of many rows have no row ids of their own where their key is short, and every
-- question asked while records come in is answered from an index.

-- One import: a search at a source, or a file.
CREATE TABLE import_run (
    run_key      INTEGER PRIMARY KEY,
    source       TEXT NOT NULL,     -- pubmed, europepmc, …; file
    query        TEXT NOT NULL,     -- in the source's own language; a file's path
    since        TEXT,              -- YYYY-MM-DD: only what was added or changed from then on
    most         INTEGER CHECK (most > 0), -- records asked for; NULL: all
    saved_search TEXT,              -- its name, where the scheduler started it
    content_hash TEXT CHECK (length(content_hash) = 64), -- of a file, to know it again
    state        TEXT,              -- how to go on, in the source's own words; NULL: from the start
    position     INTEGER NOT NULL CHECK (position >= 0), -- records of it that were taken
    status       TEXT NOT NULL CHECK (status IN ('running', 'stopped', 'failed', 'finished')),
    complete     INTEGER NOT NULL CHECK (complete IN (0, 1)), -- finished, and not for a limit
    error        TEXT,              -- why it failed
    network      INTEGER NOT NULL CHECK (network IN (0, 1)), -- 1: the source's fault, not the input's
    found        INTEGER CHECK (found >= 0), -- how many the source says there are
    added        INTEGER NOT NULL,  -- publications that are new
    merged       INTEGER NOT NULL,  -- records that joined a publication that was there
    updated      INTEGER NOT NULL,  -- records that were there and have changed
    unchanged    INTEGER NOT NULL,  -- … and have not
    refused      INTEGER NOT NULL,  -- that could not be used
    warnings     INTEGER NOT NULL,  -- all, those not kept included
    hash         TEXT NOT NULL CHECK (length(hash) = 64), -- over all it stored, page after page
    begun        INTEGER NOT NULL,
    touched      INTEGER NOT NULL,  -- when the last page was stored
    ended        INTEGER,
    host         TEXT,              -- who runs it, to tell a run under way from one that died
    process      INTEGER
) STRICT;

CREATE INDEX import_run_by_search ON import_run (source, query, run_key);
CREATE INDEX import_run_by_content ON import_run (content_hash, run_key) WHERE content_hash IS NOT NULL;
CREATE INDEX import_run_unfinished ON import_run (run_key) WHERE status <> 'finished';

CREATE TABLE import_warning (
    run_key  INTEGER NOT NULL REFERENCES import_run (run_key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    message  TEXT NOT NULL,
    PRIMARY KEY (run_key, position)
) STRICT, WITHOUT ROWID;

-- A search that is run again and again.
CREATE TABLE saved_search (
    name    TEXT PRIMARY KEY CHECK (name <> '' AND name NOT GLOB '*[^a-z0-9-]*'), -- slug
    source  TEXT NOT NULL,
    query   TEXT NOT NULL,
    most    INTEGER CHECK (most > 0),
    every   INTEGER NOT NULL CHECK (every > 0), -- seconds from one run to the next
    created INTEGER NOT NULL,
    due     INTEGER NOT NULL -- when it is to run next
) STRICT, WITHOUT ROWID;

-- One publication or one registration, as far as the records at hand tell them apart.
CREATE TABLE publication (
    publication_key INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE, -- pmid:…, doi:…, pmcid:…, nct:… or ts:<slug>
    study      TEXT UNIQUE,          -- id of the curated study that it is; NULL: none
    title      TEXT,
    year       INTEGER,
    merged     TEXT,                 -- the fields that stand for it; NULL: those of its only record
    retracted  INTEGER NOT NULL CHECK (retracted IN (0, 1)),
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)), -- every source took its record back
    screening  TEXT NOT NULL CHECK (screening IN ('unscreened', 'included', 'excluded')),
    searchable INTEGER NOT NULL CHECK (searchable IN (0, 1)), -- its words stand in the two indexes
    added      INTEGER NOT NULL,
    changed    INTEGER NOT NULL
) STRICT;

CREATE INDEX publication_by_screening ON publication (screening, publication_key)
    WHERE study IS NULL AND withdrawn = 0;

-- Ids that a publication once had. Its key may be that of one that was merged into another since.
CREATE TABLE publication_alias (
    id              TEXT PRIMARY KEY,
    publication_key INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What one source says, kept as it was given.
CREATE TABLE source_record (
    record_key      INTEGER PRIMARY KEY,
    source          TEXT NOT NULL,    -- pubmed, ris, …; curated: the base's own study
    source_id       TEXT NOT NULL,    -- its id there; '#' and the hash of its fields where it has none
    publication_key INTEGER NOT NULL REFERENCES publication (publication_key),
    fields          TEXT NOT NULL,    -- JSON, as evidence/model/record_json.h writes it
    hash            TEXT NOT NULL CHECK (length(hash) = 64), -- of the fields
    deleted         INTEGER NOT NULL CHECK (deleted IN (0, 1)), -- the source took it back
    joined_by       TEXT NOT NULL,    -- new, pmid, doi, pmcid, registration, title, person
    score           REAL,             -- of the likeness, where it joined by title
    first_run       INTEGER,          -- the import that brought it; NULL: the build
    last_run        INTEGER,
    first_seen      INTEGER NOT NULL,
    last_seen       INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX source_record_by_id ON source_record (source, source_id);
CREATE INDEX source_record_by_publication ON source_record (publication_key);

-- Who has this PMID, DOI, PMCID, registration number, and whose reports are this PMID (of an entry in
-- a register)? Kept for each record, so that moving a record to another publication needs nothing
-- here.
CREATE TABLE record_identifier (
    kind       TEXT NOT NULL CHECK (kind IN ('pmid', 'doi', 'pmcid', 'registration', 'report')),
    value      TEXT NOT NULL,
    record_key INTEGER NOT NULL,
    PRIMARY KEY (kind, value, record_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_identifier_by_record ON record_identifier (record_key);

-- Whose title, author or place in a journal is alike? Hashes of parts of them (importers/intake).
CREATE TABLE record_likeness (
    likeness   INTEGER NOT NULL,
    record_key INTEGER NOT NULL,
    PRIMARY KEY (likeness, record_key)
) STRICT, WITHOUT ROWID;

-- Two records that look like one publication and were left for a person to judge, or that a person
-- said are two.
CREATE TABLE record_pair (
    one     INTEGER NOT NULL, -- the smaller key
    other   INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('possible', 'apart')),
    reason  TEXT NOT NULL,
    score   REAL,
    at      INTEGER NOT NULL,
    who     TEXT NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_pair_by_other ON record_pair (other);

-- Every time a record or a whole publication joined another: what is needed to undo it.
CREATE TABLE merge (
    merge_key       INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    who             TEXT NOT NULL,
    into_key        INTEGER NOT NULL, -- the publication that stayed
    reason          TEXT NOT NULL,
    score           REAL,
    -- The publication that went away, as it was; NULL where a new record joined.
    from_key        INTEGER,
    from_id         TEXT,
    from_screening  TEXT,
    from_added      INTEGER,
    into_id         TEXT NOT NULL, -- of the one that stayed, before …
    into_screening  TEXT NOT NULL, -- … and how it had been screened
    undone          INTEGER,       -- when, and …
    undone_by       TEXT           -- … by whom
) STRICT;

CREATE INDEX merge_by_into ON merge (into_key);
CREATE INDEX merge_by_from ON merge (from_key) WHERE from_key IS NOT NULL;

CREATE TABLE merge_record (
    merge_key  INTEGER NOT NULL REFERENCES merge (merge_key),
    record_key INTEGER NOT NULL, -- that moved
    PRIMARY KEY (merge_key, record_key)
) STRICT, WITHOUT ROWID;

-- What a record says befell a publication: the one it is about, or another that it names.
CREATE TABLE found_notice (
    record_key   INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    target_kind  TEXT CHECK (target_kind IN ('pmid', 'doi')), -- NULL: its own publication
    target_value TEXT,
    type         TEXT NOT NULL CHECK (type IN (
        'retraction', 'correction', 'expression-of-concern', 'reinstatement')),
    doi          TEXT, -- of the notice
    pmid         TEXT,
    date         TEXT,
    source       TEXT NOT NULL, -- who says so
    reason       TEXT,
    PRIMARY KEY (record_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX found_notice_by_target ON found_notice (target_kind, target_value)
    WHERE target_kind IS NOT NULL;

-- Studies of the base to which such notices were added, with what the curated file itself says.
CREATE TABLE noted_study (
    study_key     INTEGER PRIMARY KEY REFERENCES study (study_key) ON DELETE CASCADE,
    own_retracted INTEGER NOT NULL CHECK (own_retracted IN (0, 1)),
    own_notices   INTEGER NOT NULL CHECK (own_notices >= 0) -- the first so many are the file's
) STRICT;

-- Who decided what about a publication, in order; the last row counts.
CREATE TABLE screening_decision (
    decision_key    INTEGER PRIMARY KEY,
    publication_key INTEGER NOT NULL,
    decision        TEXT NOT NULL CHECK (decision IN ('unscreened', 'included', 'excluded')),
    reason          TEXT,
    who             TEXT NOT NULL,
    at              INTEGER NOT NULL
) STRICT;

CREATE INDEX screening_decision_by_publication ON screening_decision (publication_key, decision_key);

-- What the decision says it is about.
CREATE TABLE screening_topic (
    decision_key INTEGER NOT NULL REFERENCES screening_decision (decision_key) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    intervention TEXT, -- ids of entries as they were then; a build may have taken them away since
    condition    TEXT,
    PRIMARY KEY (decision_key, position)
) STRICT, WITHOUT ROWID;

-- What changed in which verdict, when and why. The key is the order of the feed.
CREATE TABLE verdict_change (
    change_key       INTEGER PRIMARY KEY,
    at               INTEGER NOT NULL,
    question         TEXT NOT NULL,
    before_verdict   TEXT, -- NULL with the next: there was no such question
    before_certainty TEXT,
    after_verdict    TEXT, -- NULL with the next: there is none any more
    after_certainty  TEXT,
    cause            TEXT NOT NULL CHECK (cause IN (
        'study-retracted', 'study-reinstated', 'study-added', 'study-changed', 'study-removed',
        'rules', 'entries')),
    actor            TEXT NOT NULL, -- build, import, or whose credential it was
    base_hash        TEXT NOT NULL CHECK (length(base_hash) = 64) -- of the base from then on
) STRICT;

CREATE INDEX verdict_change_by_time ON verdict_change (at, change_key);
CREATE INDEX verdict_change_by_question ON verdict_change (question, change_key);

-- The studies that moved it.
CREATE TABLE verdict_change_study (
    change_key INTEGER NOT NULL REFERENCES verdict_change (change_key) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    study      TEXT NOT NULL,
    PRIMARY KEY (change_key, position)
) STRICT, WITHOUT ROWID;

-- For which base the curated studies were last matched with the publications.
CREATE TABLE intake_meta (
    only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
    base_hash TEXT NOT NULL CHECK (length(base_hash) = 64)
) STRICT;

-- What a publication is found by. The texts stand in its fields, so that neither index keeps them;
-- whoever changes the fields says first what to forget.
CREATE VIRTUAL TABLE publication_search USING fts5 (
    title, authors, journal, keywords, abstract,
    content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE publication_words USING fts5 (
    title, authors, journal,
    content = '', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

-- A notice may take a retraction back.
CREATE TABLE notice_with_reinstatement (
    study_key INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    type      TEXT NOT NULL CHECK (type IN (
        'retraction', 'correction', 'expression-of-concern', 'reinstatement')),
    doi       TEXT, -- of the notice
    date      TEXT,
    source    TEXT NOT NULL, -- who says so
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

INSERT INTO notice_with_reinstatement (study_key, position, type, doi, date, source)
SELECT study_key, position, type, doi, date, source FROM notice;

DROP TABLE notice;

ALTER TABLE notice_with_reinstatement RENAME TO notice;

PRAGMA user_version = 2;
