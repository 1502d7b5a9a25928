-- The first schema: the curated base, its full-text index and the audit log.
--
-- Unknown is NULL everywhere. Lists keep their order by `position`, from 0. Words of closed lists
-- (design, window, …) are those of evidence/model/vocabulary.h, so that the file can be read without
-- this program. `hash` is the SHA-256 of a record's canonical content, which holds its lists too.
-- A record is never half there: its rows are written in one transaction.

PRAGMA application_id = 1415800947; -- "Tchs": how a file is known to be ours

-- What can be done about a complaint: techniques, devices, drugs, exercise, education.
CREATE TABLE intervention (
    id      TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'), -- slug
    name    TEXT NOT NULL, -- as a heading
    plain   TEXT,          -- how a sentence names it
    kind    TEXT NOT NULL CHECK (kind IN ('technique', 'device', 'drug', 'exercise', 'education')),
    summary TEXT,          -- what it is, one or two plain sentences
    sham    TEXT,          -- what its pretended form is called in a sentence
    hash    TEXT NOT NULL CHECK (length(hash) = 64) -- of the canonical content
) STRICT, WITHOUT ROWID;

CREATE TABLE intervention_alias (
    intervention TEXT NOT NULL REFERENCES intervention (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    alias        TEXT NOT NULL, -- another name that people use
    PRIMARY KEY (intervention, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE intervention_claim (
    intervention TEXT NOT NULL REFERENCES intervention (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    claim        TEXT NOT NULL, -- commonly made for it, in our words
    PRIMARY KEY (intervention, position)
) STRICT, WITHOUT ROWID;

-- What is measured.
CREATE TABLE outcome (
    id               TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'), -- slug
    position         INTEGER NOT NULL, -- place in the list of outcomes
    name             TEXT NOT NULL,    -- as a heading
    plain            TEXT,             -- how a sentence names it
    kind             TEXT NOT NULL CHECK (kind IN ('benefit', 'harm')),
    -- The outcome that matters, where this one is only a stand-in for it. Deferred: either may be
    -- written first.
    stand_in_for     TEXT REFERENCES outcome (id) DEFERRABLE INITIALLY DEFERRED,
    mid_value        REAL, -- minimal important difference between groups, on the scale below
    mid_scale_name   TEXT,
    mid_scale_low    REAL, -- the scale's ends
    mid_scale_high   REAL,
    mid_source_url   TEXT, -- where the difference comes from …
    mid_source_where TEXT, -- … and the place in it
    mid_note         TEXT,
    hash             TEXT NOT NULL CHECK (length(hash) = 64) -- of the canonical content
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome_alias (
    outcome  TEXT NOT NULL REFERENCES outcome (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    alias    TEXT NOT NULL, -- another name that people use
    PRIMARY KEY (outcome, position)
) STRICT, WITHOUT ROWID;

-- What people suffer from.
CREATE TABLE condition (
    id             TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'), -- slug
    position       INTEGER NOT NULL, -- place in the list of conditions
    name           TEXT NOT NULL,    -- as a heading
    plain          TEXT,             -- how a sentence names it
    primary_window TEXT NOT NULL
        CHECK (primary_window IN ('immediate', 'short', 'medium', 'long', 'unstated')),
    hash           TEXT NOT NULL CHECK (length(hash) = 64) -- of the canonical content
) STRICT, WITHOUT ROWID;

CREATE TABLE condition_alias (
    condition TEXT NOT NULL REFERENCES condition (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    alias     TEXT NOT NULL, -- another name that people use
    PRIMARY KEY (condition, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE condition_parent (
    condition TEXT NOT NULL REFERENCES condition (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL, -- parents are asked in this order
    parent    TEXT NOT NULL REFERENCES condition (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (condition, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE condition_primary_outcome (
    condition TEXT NOT NULL REFERENCES condition (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL, -- first choice first
    outcome   TEXT NOT NULL REFERENCES outcome (id),
    PRIMARY KEY (condition, position)
) STRICT, WITHOUT ROWID;

-- One study, whatever its design. A retracted one stays and counts for nothing.
CREATE TABLE study (
    study_key        INTEGER PRIMARY KEY,      -- ours, short; kept while the study changes
    id               TEXT NOT NULL UNIQUE,     -- pmid:…, doi:…, pmcid:…, nct:… or ts:<slug>
    pmid             TEXT,
    doi              TEXT,                     -- lower case
    pmcid            TEXT,
    title            TEXT NOT NULL,            -- as printed; described in [ ] where it was not read
    authors_complete INTEGER NOT NULL CHECK (authors_complete IN (0, 1)), -- 0: only the first
    year             INTEGER,                  -- of publication
    journal          TEXT,
    design           TEXT NOT NULL CHECK (design IN (
        'rct', 'crossover-rct', 'cluster-rct', 'non-randomised', 'cohort', 'case-control',
        'case-series', 'case-report', 'systematic-review', 'guideline', 'narrative-review')),
    condition        TEXT NOT NULL REFERENCES condition (id), -- of its population
    population       TEXT,                     -- who took part, own words
    participants     INTEGER CHECK (participants >= 0),
    trials           INTEGER CHECK (trials >= 0), -- how many a review holds
    funding          TEXT,
    retracted        INTEGER NOT NULL CHECK (retracted IN (0, 1)),
    conclusion       TEXT,                     -- its authors', in our words
    note             TEXT,                     -- what a reader must know of it as a whole
    checked          INTEGER NOT NULL CHECK (checked IN (0, 1)), -- its figures were read twice
    checked_agrees   INTEGER NOT NULL CHECK (checked_agrees IN (0, 1)), -- and both readings agree
    checked_by       TEXT,
    checked_on       TEXT,                     -- a date
    checked_note     TEXT,
    hash             TEXT NOT NULL CHECK (length(hash) = 64) -- of the canonical content
) STRICT;

CREATE TABLE study_alias (
    study_key INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    alias     TEXT NOT NULL, -- an older id that must keep working
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE registration (
    study_key INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    number    TEXT NOT NULL, -- in a trial register: nct…, isrctn…
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE pooled_in (
    study_key INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    review    TEXT NOT NULL, -- id of a review whose figures hold this trial; it need not be here
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE author (
    study_key  INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    family     TEXT, -- of a person …
    given      TEXT,
    group_name TEXT, -- … or the name of a group
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

-- A judgement of a study's quality, by someone with an instrument.
CREATE TABLE appraisal (
    study_key   INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    instrument  TEXT NOT NULL CHECK (instrument IN (
        'RoB 2', 'RoB 1', 'PEDro', 'ROBINS-I', 'ROBIS', 'AMSTAR 2', 'GRADE', 'Jadad', 'other')),
    overall     TEXT, -- one of the instrument's own words
    score       REAL, -- as printed, out of …
    out_of      REAL, -- … this many
    scope       TEXT NOT NULL CHECK (scope IN ('study', 'included-trials')),
    share_low   REAL, -- of the included trials, those at low risk, 0 to 1
    share_high  REAL, -- … at high risk
    applies_to  TEXT, -- the outcome or comparison meant, own words
    as_reported TEXT, -- as the source words it
    rated_by    TEXT NOT NULL, -- a study id or an address
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE appraisal_item (
    study_key INTEGER NOT NULL,
    appraisal INTEGER NOT NULL, -- position of the appraisal
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL,    -- of the item
    judgement TEXT NOT NULL,    -- as printed
    PRIMARY KEY (study_key, appraisal, position),
    FOREIGN KEY (study_key, appraisal) REFERENCES appraisal (study_key, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One figure of one comparison, one outcome, one time.
CREATE TABLE result (
    study_key         INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position          INTEGER NOT NULL,
    intervention      TEXT NOT NULL REFERENCES intervention (id),
    comparator        TEXT NOT NULL CHECK (
        comparator IN ('sham', 'nothing', 'mixed') OR comparator GLOB 'active:?*'),
    comparator_detail TEXT, -- what it was, own words
    condition         TEXT NOT NULL REFERENCES condition (id),
    outcome           TEXT NOT NULL REFERENCES outcome (id),
    scale_name        TEXT,
    scale_low         REAL, -- the ends, where the source names them
    scale_high        REAL,
    scale_unit        TEXT,
    better            TEXT NOT NULL CHECK (better IN ('lower', 'higher')), -- on the scale as stored
    window            TEXT NOT NULL
        CHECK (window IN ('immediate', 'short', 'medium', 'long', 'unstated')),
    days              REAL, -- from the first session
    time              TEXT, -- as the source words it
    measure           TEXT CHECK (measure IN ('MD', 'SMD', 'RR', 'OR', 'RD')), -- NULL: no figure
    estimate          REAL, -- intervention minus comparator, or over it
    ci_low            REAL,
    ci_high           REAL,
    ci_level          REAL, -- 0.95
    se                REAL, -- of the estimate; of its log, for RR and OR
    p                 REAL,
    p_bound           INTEGER NOT NULL CHECK (p_bound IN (0, 1)), -- 1: the source says "less than"
    k                 INTEGER CHECK (k >= 0), -- trials of a pooled result
    n                 INTEGER CHECK (n >= 0), -- people in the comparison
    i2                REAL, -- percent
    control_risk      REAL CHECK (control_risk > 0 AND control_risk < 1), -- without the treatment
    group_name        TEXT, -- whom it is about, where one study has several
    paired            INTEGER NOT NULL CHECK (paired IN (0, 1)), -- a crossover's paired error
    favours           TEXT CHECK (favours IN ('intervention', 'neither', 'comparator')),
    main              TEXT, -- why it stands for its review in its question
    grade             TEXT CHECK (grade IN ('very-low', 'low', 'moderate', 'high')), -- the review's
    grade_by          TEXT,
    grade_where       TEXT,
    dose_response     TEXT, -- the source found more of it to do more: what it found
    borderline        INTEGER NOT NULL CHECK (borderline IN (0, 1)), -- touches the null by rounding
    ignored           TEXT, -- why it is never counted
    note              TEXT,
    source_review     TEXT, -- the review's data that the row came from …
    source_analysis   TEXT, -- … and the places in them
    source_subgroup   TEXT,
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE arm (
    study_key     INTEGER NOT NULL,
    result        INTEGER NOT NULL, -- position of the result
    position      INTEGER NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('intervention', 'comparator')),
    name          TEXT,
    id            TEXT, -- arms of one study with the same id are the same people
    n             INTEGER CHECK (n >= 0), -- people
    mean          REAL, -- at the time of the result, on its scale
    sd            REAL,
    baseline_mean REAL,
    baseline_sd   REAL,
    change_mean   REAL, -- from baseline
    change_sd     REAL,
    median        REAL,
    q1            REAL, -- quartiles
    q3            REAL,
    events        INTEGER CHECK (events >= 0), -- people who had the event
    PRIMARY KEY (study_key, result, position),
    FOREIGN KEY (study_key, result) REFERENCES result (study_key, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE harm (
    study_key    INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    intervention TEXT NOT NULL REFERENCES intervention (id),
    event        TEXT NOT NULL,
    severity     TEXT NOT NULL CHECK (severity IN ('serious', 'minor')),
    rate         TEXT, -- own words
    per_events   REAL CHECK (per_events >= 0), -- the rate as numbers: so many events …
    per_of       REAL CHECK (per_of > 0),      -- … of so many …
    per_unit     TEXT CHECK (per_unit IN ('people', 'treatments', 'practitioners')),
    per_low      REAL, -- its interval or range, in events
    per_high     REAL,
    per_control  REAL, -- events in the group without it
    reports      INTEGER NOT NULL CHECK (reports IN (0, 1)), -- 1: known from reports of cases
    numerator    INTEGER CHECK (numerator >= 0),
    denominator  INTEGER CHECK (denominator >= 0), -- people, unless per_unit tells another
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

-- What a publisher said about a study afterwards.
CREATE TABLE notice (
    study_key INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    type      TEXT NOT NULL CHECK (type IN ('retraction', 'correction', 'expression-of-concern')),
    doi       TEXT, -- of the notice
    date      TEXT,
    source    TEXT NOT NULL, -- who says so
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

-- Where what we say of a study was read.
CREATE TABLE source (
    study_key INTEGER NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    url       TEXT, -- the address of the identifier: shown and linked
    place     TEXT, -- abstract, table 2
    read_at   TEXT, -- a copy: told, never linked
    PRIMARY KEY (study_key, position)
) STRICT, WITHOUT ROWID;

-- Files that are kept whole: rules, rulesets, language, dataset.
CREATE TABLE document (
    name TEXT PRIMARY KEY, -- rulesets/default
    text TEXT NOT NULL,    -- byte for byte
    hash TEXT NOT NULL CHECK (length(hash) = 64) -- of the text
) STRICT, WITHOUT ROWID;

-- One row, written with the first save.
CREATE TABLE meta (
    only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
    changed   INTEGER NOT NULL, -- when the base last changed, seconds since 1970 UTC
    base_hash TEXT NOT NULL CHECK (length(base_hash) = 64) -- over every record's kind, id and hash
) STRICT;

-- Who changed what and when. Each row's hash covers the row and the hash of the row before, so that
-- a row cannot be changed or taken out later without breaking the chain.
CREATE TABLE audit (
    id            INTEGER PRIMARY KEY CHECK (id > 0), -- 1, 2, 3 … without gaps
    at            INTEGER NOT NULL,  -- seconds since 1970 UTC
    actor         TEXT NOT NULL,     -- "build", or whose credential it was
    action        TEXT NOT NULL CHECK (action IN ('add', 'change', 'remove', 'reorder')),
    kind          TEXT NOT NULL,     -- study, intervention, condition, outcome, document
    record        TEXT NOT NULL,     -- its id or name; '' where it is about the list
    before_hash   TEXT CHECK (length(before_hash) = 64), -- of its content; NULL: it was not there
    after_hash    TEXT CHECK (length(after_hash) = 64),  -- NULL: it is gone
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64), -- 64 zeros in the first row
    hash          TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is never changed');
END;

CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is never cut');
END;

-- What a study is found by. Both indexes below take their text from here and keep none of their
-- own, so they are told to forget a study while its rows still stand.
CREATE VIEW study_text (study_key, title, authors, journal, population, conclusion) AS
SELECT study_key,
       title,
       (SELECT group_concat(name, ' ')
        FROM (SELECT coalesce(family, '') || ' ' || coalesce(given, '') || ' ' ||
                     coalesce(group_name, '') AS name
              FROM author
              WHERE author.study_key = study.study_key
              ORDER BY position)),
       journal,
       population,
       conclusion
FROM study;

-- By the stems of words, so that "needles" finds "needling".
CREATE VIRTUAL TABLE study_search USING fts5 (
    title, authors, journal, population, conclusion,
    content = 'study_text', content_rowid = 'study_key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- By words as written: the beginning of a word ("needli") is no beginning of its stem ("needl").
CREATE VIRTUAL TABLE study_words USING fts5 (
    title, authors, journal, population, conclusion,
    content = 'study_text', content_rowid = 'study_key', prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

PRAGMA user_version = 1;
