-- The schema of version 5, which is that of SQLite's migrations 1 to 5: the same tables, columns and
-- meanings, told there at length. What differs: numbers are 64 bits wide, texts are compared byte by
-- byte whatever the database's own collation is, keys are given by the statements that insert (the
-- largest and one, which the lock on touchstone_store makes safe), and what full-text search needs
-- stands at the end.

-- How a schema is known to be ours, and its version. Who writes locks this row first, so that there is
-- one writer at a time and the audit log has one end.
CREATE TABLE touchstone_store (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    version  BIGINT NOT NULL
);

-- What can be done about a complaint: techniques, devices, drugs, exercise, education.
CREATE TABLE intervention (
    id      TEXT COLLATE "C" PRIMARY KEY CHECK (id <> '' AND id ~ '^[a-z0-9-]+$'), -- slug
    name    TEXT COLLATE "C" NOT NULL, -- as a heading
    plain   TEXT COLLATE "C",          -- how a sentence names it
    kind    TEXT COLLATE "C" NOT NULL CHECK (kind IN ('technique', 'device', 'drug', 'exercise', 'education')),
    summary TEXT COLLATE "C",          -- what it is, one or two plain sentences
    sham    TEXT COLLATE "C",          -- what its pretended form is called in a sentence
    hash    TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64) -- of the canonical content
);

CREATE TABLE intervention_alias (
    intervention TEXT COLLATE "C" NOT NULL REFERENCES intervention (id) ON DELETE CASCADE,
    position     BIGINT NOT NULL,
    alias        TEXT COLLATE "C" NOT NULL, -- another name that people use
    PRIMARY KEY (intervention, position)
);

CREATE TABLE intervention_claim (
    intervention TEXT COLLATE "C" NOT NULL REFERENCES intervention (id) ON DELETE CASCADE,
    position     BIGINT NOT NULL,
    claim        TEXT COLLATE "C" NOT NULL, -- commonly made for it, in our words
    PRIMARY KEY (intervention, position)
);

-- What is measured.
CREATE TABLE outcome (
    id               TEXT COLLATE "C" PRIMARY KEY CHECK (id <> '' AND id ~ '^[a-z0-9-]+$'), -- slug
    position         BIGINT NOT NULL, -- place in the list of outcomes
    name             TEXT COLLATE "C" NOT NULL,    -- as a heading
    plain            TEXT COLLATE "C",             -- how a sentence names it
    kind             TEXT COLLATE "C" NOT NULL CHECK (kind IN ('benefit', 'harm')),
    -- The outcome that matters, where this one is only a stand-in for it. Deferred: either may be
    -- written first.
    stand_in_for     TEXT COLLATE "C" REFERENCES outcome (id) DEFERRABLE INITIALLY DEFERRED,
    mid_value        DOUBLE PRECISION, -- minimal important difference between groups, on the scale below
    mid_scale_name   TEXT COLLATE "C",
    mid_scale_low    DOUBLE PRECISION, -- the scale's ends
    mid_scale_high   DOUBLE PRECISION,
    mid_source_url   TEXT COLLATE "C", -- where the difference comes from …
    mid_source_where TEXT COLLATE "C", -- … and the place in it
    mid_note         TEXT COLLATE "C",
    hash             TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64) -- of the canonical content
);

CREATE TABLE outcome_alias (
    outcome  TEXT COLLATE "C" NOT NULL REFERENCES outcome (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    alias    TEXT COLLATE "C" NOT NULL, -- another name that people use
    PRIMARY KEY (outcome, position)
);

-- What people suffer from.
CREATE TABLE condition (
    id             TEXT COLLATE "C" PRIMARY KEY CHECK (id <> '' AND id ~ '^[a-z0-9-]+$'), -- slug
    position       BIGINT NOT NULL, -- place in the list of conditions
    name           TEXT COLLATE "C" NOT NULL,    -- as a heading
    plain          TEXT COLLATE "C",             -- how a sentence names it
    primary_window TEXT COLLATE "C" NOT NULL
        CHECK (primary_window IN ('immediate', 'short', 'medium', 'long', 'unstated')),
    hash           TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64) -- of the canonical content
);

CREATE TABLE condition_alias (
    condition TEXT COLLATE "C" NOT NULL REFERENCES condition (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    alias     TEXT COLLATE "C" NOT NULL, -- another name that people use
    PRIMARY KEY (condition, position)
);

CREATE TABLE condition_parent (
    condition TEXT COLLATE "C" NOT NULL REFERENCES condition (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL, -- parents are asked in this order
    parent    TEXT COLLATE "C" NOT NULL REFERENCES condition (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (condition, position)
);

CREATE TABLE condition_primary_outcome (
    condition TEXT COLLATE "C" NOT NULL REFERENCES condition (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL, -- first choice first
    outcome   TEXT COLLATE "C" NOT NULL REFERENCES outcome (id),
    PRIMARY KEY (condition, position)
);

-- One study, whatever its design. A retracted one stays and counts for nothing.
CREATE TABLE study (
    study_key        BIGINT PRIMARY KEY,      -- ours, short; kept while the study changes
    id               TEXT COLLATE "C" NOT NULL UNIQUE,     -- pmid:…, doi:…, pmcid:…, nct:… or ts:<slug>
    pmid             TEXT COLLATE "C",
    doi              TEXT COLLATE "C",                     -- lower case
    pmcid            TEXT COLLATE "C",
    title            TEXT COLLATE "C" NOT NULL,            -- as printed; described in [ ] where it was not read
    authors_complete BIGINT NOT NULL CHECK (authors_complete IN (0, 1)), -- 0: only the first
    year             BIGINT,                  -- of publication
    journal          TEXT COLLATE "C",
    design           TEXT COLLATE "C" NOT NULL CHECK (design IN (
        'rct', 'crossover-rct', 'cluster-rct', 'non-randomised', 'cohort', 'case-control',
        'case-series', 'case-report', 'systematic-review', 'guideline', 'narrative-review')),
    condition        TEXT COLLATE "C" NOT NULL REFERENCES condition (id), -- of its population
    population       TEXT COLLATE "C",                     -- who took part, own words
    participants     BIGINT CHECK (participants >= 0),
    trials           BIGINT CHECK (trials >= 0), -- how many a review holds
    funding          TEXT COLLATE "C",
    retracted        BIGINT NOT NULL CHECK (retracted IN (0, 1)),
    conclusion       TEXT COLLATE "C",                     -- its authors', in our words
    note             TEXT COLLATE "C",                     -- what a reader must know of it as a whole
    checked          BIGINT NOT NULL CHECK (checked IN (0, 1)), -- its figures were read twice
    checked_agrees   BIGINT NOT NULL CHECK (checked_agrees IN (0, 1)), -- and both readings agree
    checked_by       TEXT COLLATE "C",
    checked_on       TEXT COLLATE "C",                     -- a date
    checked_note     TEXT COLLATE "C",
    hash             TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64) -- of the canonical content
);

CREATE TABLE study_alias (
    study_key BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    alias     TEXT COLLATE "C" NOT NULL, -- an older id that must keep working
    PRIMARY KEY (study_key, position)
);

CREATE TABLE registration (
    study_key BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    number    TEXT COLLATE "C" NOT NULL, -- in a trial register: nct…, isrctn…
    PRIMARY KEY (study_key, position)
);

CREATE TABLE pooled_in (
    study_key BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    review    TEXT COLLATE "C" NOT NULL, -- id of a review whose figures hold this trial; it need not be here
    PRIMARY KEY (study_key, position)
);

CREATE TABLE author (
    study_key  BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    family     TEXT COLLATE "C", -- of a person …
    given      TEXT COLLATE "C",
    group_name TEXT COLLATE "C", -- … or the name of a group
    PRIMARY KEY (study_key, position)
);

-- A judgement of a study's quality, by someone with an instrument.
CREATE TABLE appraisal (
    study_key   BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position    BIGINT NOT NULL,
    instrument  TEXT COLLATE "C" NOT NULL CHECK (instrument IN (
        'RoB 2', 'RoB 1', 'PEDro', 'ROBINS-I', 'ROBIS', 'AMSTAR 2', 'GRADE', 'Jadad', 'other')),
    overall     TEXT COLLATE "C", -- one of the instrument's own words
    score       DOUBLE PRECISION, -- as printed, out of …
    out_of      DOUBLE PRECISION, -- … this many
    scope       TEXT COLLATE "C" NOT NULL CHECK (scope IN ('study', 'included-trials')),
    share_low   DOUBLE PRECISION, -- of the included trials, those at low risk, 0 to 1
    share_high  DOUBLE PRECISION, -- … at high risk
    applies_to  TEXT COLLATE "C", -- the outcome or comparison meant, own words
    as_reported TEXT COLLATE "C", -- as the source words it
    rated_by    TEXT COLLATE "C" NOT NULL, -- a study id or an address
    PRIMARY KEY (study_key, position)
);

CREATE TABLE appraisal_item (
    study_key BIGINT NOT NULL,
    appraisal BIGINT NOT NULL, -- position of the appraisal
    position  BIGINT NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,    -- of the item
    judgement TEXT COLLATE "C" NOT NULL,    -- as printed
    PRIMARY KEY (study_key, appraisal, position),
    FOREIGN KEY (study_key, appraisal) REFERENCES appraisal (study_key, position) ON DELETE CASCADE
);

-- One figure of one comparison, one outcome, one time.
CREATE TABLE result (
    study_key         BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position          BIGINT NOT NULL,
    intervention      TEXT COLLATE "C" NOT NULL REFERENCES intervention (id),
    comparator        TEXT COLLATE "C" NOT NULL CHECK (
        comparator IN ('sham', 'nothing', 'mixed') OR comparator LIKE 'active:_%'),
    comparator_detail TEXT COLLATE "C", -- what it was, own words
    condition         TEXT COLLATE "C" NOT NULL REFERENCES condition (id),
    outcome           TEXT COLLATE "C" NOT NULL REFERENCES outcome (id),
    scale_name        TEXT COLLATE "C",
    scale_low         DOUBLE PRECISION, -- the ends, where the source names them
    scale_high        DOUBLE PRECISION,
    scale_unit        TEXT COLLATE "C",
    better            TEXT COLLATE "C" NOT NULL CHECK (better IN ('lower', 'higher')), -- on the scale as stored
    "window"            TEXT COLLATE "C" NOT NULL
        CHECK ("window" IN ('immediate', 'short', 'medium', 'long', 'unstated')),
    days              DOUBLE PRECISION, -- from the first session
    time              TEXT COLLATE "C", -- as the source words it
    measure           TEXT COLLATE "C" CHECK (measure IN ('MD', 'SMD', 'RR', 'OR', 'RD')), -- NULL: no figure
    estimate          DOUBLE PRECISION, -- intervention minus comparator, or over it
    ci_low            DOUBLE PRECISION,
    ci_high           DOUBLE PRECISION,
    ci_level          DOUBLE PRECISION, -- 0.95
    se                DOUBLE PRECISION, -- of the estimate; of its log, for RR and OR
    p                 DOUBLE PRECISION,
    p_bound           BIGINT NOT NULL CHECK (p_bound IN (0, 1)), -- 1: the source says "less than"
    k                 BIGINT CHECK (k >= 0), -- trials of a pooled result
    n                 BIGINT CHECK (n >= 0), -- people in the comparison
    i2                DOUBLE PRECISION, -- percent
    control_risk      DOUBLE PRECISION CHECK (control_risk > 0 AND control_risk < 1), -- without the treatment
    group_name        TEXT COLLATE "C", -- whom it is about, where one study has several
    paired            BIGINT NOT NULL CHECK (paired IN (0, 1)), -- a crossover's paired error
    favours           TEXT COLLATE "C" CHECK (favours IN ('intervention', 'neither', 'comparator')),
    main              TEXT COLLATE "C", -- why it stands for its review in its question
    grade             TEXT COLLATE "C" CHECK (grade IN ('very-low', 'low', 'moderate', 'high')), -- the review's
    grade_by          TEXT COLLATE "C",
    grade_where       TEXT COLLATE "C",
    dose_response     TEXT COLLATE "C", -- the source found more of it to do more: what it found
    borderline        BIGINT NOT NULL CHECK (borderline IN (0, 1)), -- touches the null by rounding
    ignored           TEXT COLLATE "C", -- why it is never counted
    note              TEXT COLLATE "C",
    source_review     TEXT COLLATE "C", -- the review's data that the row came from …
    source_analysis   TEXT COLLATE "C", -- … and the places in them
    source_subgroup   TEXT COLLATE "C",
    PRIMARY KEY (study_key, position)
);

CREATE TABLE arm (
    study_key     BIGINT NOT NULL,
    result        BIGINT NOT NULL, -- position of the result
    position      BIGINT NOT NULL,
    role          TEXT COLLATE "C" NOT NULL CHECK (role IN ('intervention', 'comparator')),
    name          TEXT COLLATE "C",
    id            TEXT COLLATE "C", -- arms of one study with the same id are the same people
    n             BIGINT CHECK (n >= 0), -- people
    mean          DOUBLE PRECISION, -- at the time of the result, on its scale
    sd            DOUBLE PRECISION,
    baseline_mean DOUBLE PRECISION,
    baseline_sd   DOUBLE PRECISION,
    change_mean   DOUBLE PRECISION, -- from baseline
    change_sd     DOUBLE PRECISION,
    median        DOUBLE PRECISION,
    q1            DOUBLE PRECISION, -- quartiles
    q3            DOUBLE PRECISION,
    events        BIGINT CHECK (events >= 0), -- people who had the event
    PRIMARY KEY (study_key, result, position),
    FOREIGN KEY (study_key, result) REFERENCES result (study_key, position) ON DELETE CASCADE
);

CREATE TABLE harm (
    study_key    BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position     BIGINT NOT NULL,
    intervention TEXT COLLATE "C" NOT NULL REFERENCES intervention (id),
    event        TEXT COLLATE "C" NOT NULL,
    severity     TEXT COLLATE "C" NOT NULL CHECK (severity IN ('serious', 'minor')),
    rate         TEXT COLLATE "C", -- own words
    per_events   DOUBLE PRECISION CHECK (per_events >= 0), -- the rate as numbers: so many events …
    per_of       DOUBLE PRECISION CHECK (per_of > 0),      -- … of so many …
    per_unit     TEXT COLLATE "C" CHECK (per_unit IN ('people', 'treatments', 'practitioners')),
    per_low      DOUBLE PRECISION, -- its interval or range, in events
    per_high     DOUBLE PRECISION,
    per_control  DOUBLE PRECISION, -- events in the group without it
    reports      BIGINT NOT NULL CHECK (reports IN (0, 1)), -- 1: known from reports of cases
    numerator    BIGINT CHECK (numerator >= 0),
    denominator  BIGINT CHECK (denominator >= 0), -- people, unless per_unit tells another
    PRIMARY KEY (study_key, position)
);

-- Where what we say of a study was read.
CREATE TABLE source (
    study_key BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    url       TEXT COLLATE "C", -- the address of the identifier: shown and linked
    place     TEXT COLLATE "C", -- abstract, table 2
    read_at   TEXT COLLATE "C", -- a copy: told, never linked
    PRIMARY KEY (study_key, position)
);

-- Files that are kept whole: rules, rulesets, language, dataset.
CREATE TABLE document (
    name TEXT COLLATE "C" PRIMARY KEY, -- rulesets/default
    text BYTEA NOT NULL,               -- byte for byte, whatever they are
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64) -- of the text
);

-- One row, written with the first save.
CREATE TABLE meta (
    only_row  BIGINT PRIMARY KEY CHECK (only_row = 1),
    changed   BIGINT NOT NULL, -- when the base last changed, seconds since 1970 UTC
    base_hash TEXT COLLATE "C" NOT NULL CHECK (length(base_hash) = 64) -- over every record's kind, id and hash
);

-- One import: a search at a source, or a file.
CREATE TABLE import_run (
    run_key      BIGINT PRIMARY KEY,
    source       TEXT COLLATE "C" NOT NULL,     -- pubmed, europepmc, …; file
    query        TEXT COLLATE "C" NOT NULL,     -- in the source's own language; a file's path
    since        TEXT COLLATE "C",              -- YYYY-MM-DD: only what was added or changed from then on
    most         BIGINT CHECK (most > 0), -- records asked for; NULL: all
    saved_search TEXT COLLATE "C",              -- its name, where the scheduler started it
    content_hash TEXT COLLATE "C" CHECK (length(content_hash) = 64), -- of a file, to know it again
    state        TEXT COLLATE "C",              -- how to go on, in the source's own words; NULL: from the start
    position     BIGINT NOT NULL CHECK (position >= 0), -- records of it that were taken
    status       TEXT COLLATE "C" NOT NULL CHECK (status IN ('running', 'stopped', 'failed', 'finished')),
    complete     BIGINT NOT NULL CHECK (complete IN (0, 1)), -- finished, and not for a limit
    error        TEXT COLLATE "C",              -- why it failed
    network      BIGINT NOT NULL CHECK (network IN (0, 1)), -- 1: the source's fault, not the input's
    found        BIGINT CHECK (found >= 0), -- how many the source says there are
    added        BIGINT NOT NULL,  -- publications that are new
    merged       BIGINT NOT NULL,  -- records that joined a publication that was there
    updated      BIGINT NOT NULL,  -- records that were there and have changed
    unchanged    BIGINT NOT NULL,  -- … and have not
    refused      BIGINT NOT NULL,  -- that could not be used
    warnings     BIGINT NOT NULL,  -- all, those not kept included
    hash         TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64), -- over all it stored, page after page
    begun        BIGINT NOT NULL,
    touched      BIGINT NOT NULL,  -- when the last page was stored
    ended        BIGINT,
    host         TEXT COLLATE "C",              -- who runs it, to tell a run under way from one that died
    process      BIGINT
);

-- Not by its query too: that may be longer than what an index takes.
CREATE INDEX import_run_by_search ON import_run (source, run_key);

CREATE INDEX import_run_by_content ON import_run (content_hash, run_key) WHERE content_hash IS NOT NULL;

CREATE INDEX import_run_unfinished ON import_run (run_key) WHERE status <> 'finished';

CREATE TABLE import_warning (
    run_key  BIGINT NOT NULL REFERENCES import_run (run_key) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    message  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (run_key, position)
);

-- A search that is run again and again.
CREATE TABLE saved_search (
    name    TEXT COLLATE "C" PRIMARY KEY CHECK (name <> '' AND name ~ '^[a-z0-9-]+$'), -- slug
    source  TEXT COLLATE "C" NOT NULL,
    query   TEXT COLLATE "C" NOT NULL,
    most    BIGINT CHECK (most > 0),
    every   BIGINT NOT NULL CHECK (every > 0), -- seconds from one run to the next
    created BIGINT NOT NULL,
    due     BIGINT NOT NULL -- when it is to run next
);

-- One publication or one registration, as far as the records at hand tell them apart.
CREATE TABLE publication (
    publication_key BIGINT PRIMARY KEY,
    id         TEXT COLLATE "C" NOT NULL UNIQUE, -- pmid:…, doi:…, pmcid:…, nct:… or ts:<slug>
    study      TEXT COLLATE "C" UNIQUE,          -- id of the curated study that it is; NULL: none
    title      TEXT COLLATE "C",
    year       BIGINT,
    merged     TEXT COLLATE "C",                 -- the fields that stand for it; NULL: those of its only record
    retracted  BIGINT NOT NULL CHECK (retracted IN (0, 1)),
    withdrawn  BIGINT NOT NULL CHECK (withdrawn IN (0, 1)), -- every source took its record back
    screening  TEXT COLLATE "C" NOT NULL CHECK (screening IN ('unscreened', 'included', 'excluded')),
    searchable BIGINT NOT NULL CHECK (searchable IN (0, 1)), -- its words stand in the two indexes
    added      BIGINT NOT NULL,
    changed    BIGINT NOT NULL
);

CREATE INDEX publication_by_screening ON publication (screening, publication_key)
    WHERE study IS NULL AND withdrawn = 0;

-- Ids that a publication once had. Its key may be that of one that was merged into another since.
CREATE TABLE publication_alias (
    id              TEXT COLLATE "C" PRIMARY KEY,
    publication_key BIGINT NOT NULL
);

-- What one source says, kept as it was given.
CREATE TABLE source_record (
    record_key      BIGINT PRIMARY KEY,
    source          TEXT COLLATE "C" NOT NULL,    -- pubmed, ris, …; curated: the base's own study
    source_id       TEXT COLLATE "C" NOT NULL,    -- its id there; '#' and the hash of its fields where it has none
    publication_key BIGINT NOT NULL REFERENCES publication (publication_key),
    fields          TEXT COLLATE "C" NOT NULL,    -- JSON, as evidence/model/record_json.h writes it
    hash            TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64), -- of the fields
    deleted         BIGINT NOT NULL CHECK (deleted IN (0, 1)), -- the source took it back
    joined_by       TEXT COLLATE "C" NOT NULL,    -- new, pmid, doi, pmcid, registration, title, person
    score           DOUBLE PRECISION,             -- of the likeness, where it joined by title
    first_run       BIGINT,          -- the import that brought it; NULL: the build
    last_run        BIGINT,
    first_seen      BIGINT NOT NULL,
    last_seen       BIGINT NOT NULL
);

CREATE UNIQUE INDEX source_record_by_id ON source_record (source, source_id);

CREATE INDEX source_record_by_publication ON source_record (publication_key);

-- Who has this PMID, DOI, PMCID, registration number, and whose reports are this PMID (of an entry in
-- a register)? Kept for each record, so that moving a record to another publication needs nothing
-- here.
CREATE TABLE record_identifier (
    kind       TEXT COLLATE "C" NOT NULL CHECK (kind IN ('pmid', 'doi', 'pmcid', 'registration', 'report')),
    value      TEXT COLLATE "C" NOT NULL,
    record_key BIGINT NOT NULL,
    PRIMARY KEY (kind, value, record_key)
);

CREATE INDEX record_identifier_by_record ON record_identifier (record_key);

-- Whose title, author or place in a journal is alike? Hashes of parts of them (importers/intake).
CREATE TABLE record_likeness (
    likeness   BIGINT NOT NULL,
    record_key BIGINT NOT NULL,
    PRIMARY KEY (likeness, record_key)
);

-- Two records that look like one publication and were left for a person to judge, or that a person
-- said are two.
CREATE TABLE record_pair (
    one     BIGINT NOT NULL, -- the smaller key
    other   BIGINT NOT NULL,
    verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('possible', 'apart')),
    reason  TEXT COLLATE "C" NOT NULL,
    score   DOUBLE PRECISION,
    at      BIGINT NOT NULL,
    who     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (one, other)
);

CREATE INDEX record_pair_by_other ON record_pair (other);

-- Every time a record or a whole publication joined another: what is needed to undo it.
CREATE TABLE merge (
    merge_key       BIGINT PRIMARY KEY,
    at              BIGINT NOT NULL,
    who             TEXT COLLATE "C" NOT NULL,
    into_key        BIGINT NOT NULL, -- the publication that stayed
    reason          TEXT COLLATE "C" NOT NULL,
    score           DOUBLE PRECISION,
    -- The publication that went away, as it was; NULL where a new record joined.
    from_key        BIGINT,
    from_id         TEXT COLLATE "C",
    from_screening  TEXT COLLATE "C",
    from_added      BIGINT,
    into_id         TEXT COLLATE "C" NOT NULL, -- of the one that stayed, before …
    into_screening  TEXT COLLATE "C" NOT NULL, -- … and how it had been screened
    undone          BIGINT,       -- when, and …
    undone_by       TEXT COLLATE "C"           -- … by whom
);

CREATE INDEX merge_by_into ON merge (into_key);

CREATE INDEX merge_by_from ON merge (from_key) WHERE from_key IS NOT NULL;

CREATE TABLE merge_record (
    merge_key  BIGINT NOT NULL REFERENCES merge (merge_key),
    record_key BIGINT NOT NULL, -- that moved
    PRIMARY KEY (merge_key, record_key)
);

-- What a record says befell a publication: the one it is about, or another that it names.
CREATE TABLE found_notice (
    record_key   BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    target_kind  TEXT COLLATE "C" CHECK (target_kind IN ('pmid', 'doi')), -- NULL: its own publication
    target_value TEXT COLLATE "C",
    type         TEXT COLLATE "C" NOT NULL CHECK (type IN (
        'retraction', 'correction', 'expression-of-concern', 'reinstatement')),
    doi          TEXT COLLATE "C", -- of the notice
    pmid         TEXT COLLATE "C",
    date         TEXT COLLATE "C",
    source       TEXT COLLATE "C" NOT NULL, -- who says so
    reason       TEXT COLLATE "C",
    PRIMARY KEY (record_key, position)
);

CREATE INDEX found_notice_by_target ON found_notice (target_kind, target_value)
    WHERE target_kind IS NOT NULL;

-- Studies of the base to which such notices were added, with what the curated file itself says.
CREATE TABLE noted_study (
    study_key     BIGINT PRIMARY KEY REFERENCES study (study_key) ON DELETE CASCADE,
    own_retracted BIGINT NOT NULL CHECK (own_retracted IN (0, 1)),
    own_notices   BIGINT NOT NULL CHECK (own_notices >= 0) -- the first so many are the file's
);

-- Who decided what about a publication, in order; the last row counts.
CREATE TABLE screening_decision (
    decision_key    BIGINT PRIMARY KEY,
    publication_key BIGINT NOT NULL,
    decision        TEXT COLLATE "C" NOT NULL CHECK (decision IN ('unscreened', 'included', 'excluded')),
    reason          TEXT COLLATE "C",
    who             TEXT COLLATE "C" NOT NULL,
    at              BIGINT NOT NULL
);

CREATE INDEX screening_decision_by_publication ON screening_decision (publication_key, decision_key);

-- What the decision says it is about.
CREATE TABLE screening_topic (
    decision_key BIGINT NOT NULL REFERENCES screening_decision (decision_key) ON DELETE CASCADE,
    position     BIGINT NOT NULL,
    intervention TEXT COLLATE "C", -- ids of entries as they were then; a build may have taken them away since
    condition    TEXT COLLATE "C",
    PRIMARY KEY (decision_key, position)
);

-- What changed in which verdict, when and why. The key is the order of the feed.
CREATE TABLE verdict_change (
    change_key       BIGINT PRIMARY KEY,
    at               BIGINT NOT NULL,
    question         TEXT COLLATE "C" NOT NULL,
    before_verdict   TEXT COLLATE "C", -- NULL with the next: there was no such question
    before_certainty TEXT COLLATE "C",
    after_verdict    TEXT COLLATE "C", -- NULL with the next: there is none any more
    after_certainty  TEXT COLLATE "C",
    cause            TEXT COLLATE "C" NOT NULL CHECK (cause IN (
        'study-retracted', 'study-reinstated', 'study-added', 'study-changed', 'study-removed',
        'rules', 'entries')),
    actor            TEXT COLLATE "C" NOT NULL, -- build, import, or whose credential it was
    base_hash        TEXT COLLATE "C" NOT NULL CHECK (length(base_hash) = 64) -- of the base from then on
);

CREATE INDEX verdict_change_by_time ON verdict_change (at, change_key);

CREATE INDEX verdict_change_by_question ON verdict_change (question, change_key);

-- The studies that moved it.
CREATE TABLE verdict_change_study (
    change_key BIGINT NOT NULL REFERENCES verdict_change (change_key) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    study      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (change_key, position)
);

-- For which base the curated studies were last matched with the publications.
CREATE TABLE intake_meta (
    only_row  BIGINT PRIMARY KEY CHECK (only_row = 1),
    base_hash TEXT COLLATE "C" NOT NULL CHECK (length(base_hash) = 64)
);

-- A notice may take a retraction back.
CREATE TABLE notice (
    study_key BIGINT NOT NULL REFERENCES study (study_key) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    type      TEXT COLLATE "C" NOT NULL CHECK (type IN (
        'retraction', 'correction', 'expression-of-concern', 'reinstatement')),
    doi       TEXT COLLATE "C", -- of the notice
    date      TEXT COLLATE "C",
    source    TEXT COLLATE "C" NOT NULL, -- who says so
    PRIMARY KEY (study_key, position)
);

-- The third schema: what readers say is wrong, for people to look at. Nothing tells who said it: there
-- is no column for an address, a name or a program, and the time is all that is kept beside the words.
CREATE TABLE report (
    id      BIGINT PRIMARY KEY, -- told to the sender, and never taken away, so never given twice
    at      BIGINT NOT NULL, -- seconds since 1970 UTC
    kind    TEXT COLLATE "C" NOT NULL CHECK (kind IN ('report', 'cds-feedback')),
    about   TEXT COLLATE "C" NOT NULL CHECK (about <> ''), -- a page's address, or what a card was about
    text    TEXT COLLATE "C" NOT NULL,
    status  TEXT COLLATE "C" NOT NULL CHECK (status IN ('open', 'closed')),
    outcome TEXT COLLATE "C" CHECK ((status = 'closed') = (outcome IS NOT NULL)) -- what came of it
);

CREATE INDEX report_by_status ON report (status, kind);

-- Contents that records had, by the hash that the audit log names; and the orders of lists.
CREATE TABLE former_content (
    hash    TEXT COLLATE "C" PRIMARY KEY CHECK (length(hash) = 64), -- of the content
    packed  BIGINT NOT NULL CHECK (packed IN (0, 1)),  -- 1: `content` is compressed by zlib
    length  BIGINT NOT NULL CHECK (length >= 0),       -- of the content, in bytes
    content BYTEA NOT NULL
);

-- The base as it stood after each change.
CREATE TABLE edition (
    edition_key BIGINT PRIMARY KEY CHECK (edition_key > 0), -- 1, 2, 3 … without gaps
    at          BIGINT NOT NULL,  -- seconds since 1970 UTC
    actor       TEXT COLLATE "C" NOT NULL,     -- who changed it; 'migration': history begins here
    audit_id    BIGINT NOT NULL,  -- the last row of the audit log then; 0: there was none
    base_hash   TEXT COLLATE "C" NOT NULL CHECK (length(base_hash) = 64),
    order_hash  TEXT COLLATE "C" NOT NULL REFERENCES former_content (hash), -- of conditions and outcomes
    version     TEXT COLLATE "C",              -- of the dataset, as its document told it
    hash        TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64) -- over the row and that of the audit log's
);

CREATE INDEX edition_by_time ON edition (at, edition_key);

CREATE INDEX edition_by_base ON edition (base_hash);

CREATE INDEX edition_by_version ON edition (version, edition_key) WHERE version IS NOT NULL;

-- Records that curators changed here since the files of a build last said the same.
CREATE TABLE curated_record (
    kind     TEXT COLLATE "C" NOT NULL,
    record   TEXT COLLATE "C" NOT NULL,
    audit_id BIGINT NOT NULL, -- the last row of the audit log that tells of it
    PRIMARY KEY (kind, record)
);

-- Answers to requests that may come twice, by who asked and the key that came with it.
CREATE TABLE remembered_answer (
    actor        TEXT COLLATE "C" NOT NULL,
    key          TEXT COLLATE "C" NOT NULL,
    request_hash TEXT COLLATE "C" NOT NULL CHECK (length(request_hash) = 64), -- of what was asked
    at           BIGINT NOT NULL,
    status       BIGINT NOT NULL,
    headers      TEXT COLLATE "C" NOT NULL, -- as the caller writes them
    body         BYTEA NOT NULL,
    PRIMARY KEY (actor, key)
);

CREATE INDEX remembered_answer_by_time ON remembered_answer (at);

-- The audit log: more that can be done, and what is to be known of it besides.
CREATE TABLE audit (
    id            BIGINT PRIMARY KEY CHECK (id > 0), -- 1, 2, 3 … without gaps
    at            BIGINT NOT NULL,  -- seconds since 1970 UTC
    actor         TEXT COLLATE "C" NOT NULL,     -- "build", "import", or whose credential it was
    action        TEXT COLLATE "C" NOT NULL CHECK (action IN (
        'add', 'change', 'remove', 'reorder', 'undo', 'screen', 'merge', 'split', 'retract')),
    kind          TEXT COLLATE "C" NOT NULL,     -- study, intervention, condition, outcome, document; import,
                                     -- publication, merge, changes
    record        TEXT COLLATE "C" NOT NULL,     -- its id or name; '' where it is about the list
    before_hash   TEXT COLLATE "C" CHECK (length(before_hash) = 64), -- of its content; NULL: it was not there
    after_hash    TEXT COLLATE "C" CHECK (length(after_hash) = 64),  -- NULL: it is gone
    detail        TEXT COLLATE "C" CHECK (detail LIKE '{%}'), -- JSON: reason, source …; NULL: nothing more
    undoes        BIGINT CHECK (undoes < id),    -- the row that this one takes back
    previous_hash TEXT COLLATE "C" NOT NULL CHECK (length(previous_hash) = 64), -- 64 zeros in the first row
    hash          TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64)
);

CREATE INDEX audit_by_record ON audit (kind, record, id);

CREATE INDEX audit_by_undone ON audit (undoes) WHERE undoes IS NOT NULL;

CREATE INDEX audit_by_actor ON audit (actor, id);

-- The log's last row, so that rows taken off its end are missed.
CREATE TABLE audit_head (
    only_row  BIGINT PRIMARY KEY CHECK (only_row = 1),
    id        BIGINT NOT NULL,
    hash      TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    published BIGINT NOT NULL CHECK (published IN (0, 1)) -- 1: a public copy, which has no intake
);

-- Who may write: tokens, and the sessions that are opened with them. Private: neither table is part
-- of the public copy.
CREATE TABLE token (
    id          TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 12 AND id ~ '^[0-9a-f]+$'), -- its public part
    name        TEXT COLLATE "C" NOT NULL CHECK (name <> ''), -- whose it is: the actor in the audit log
    secret_hash TEXT COLLATE "C" NOT NULL CHECK (length(secret_hash) = 64), -- BLAKE2b-256 of its secret part
    scopes      TEXT COLLATE "C" NOT NULL CHECK (scopes <> ''), -- words of evidence/model/permission.h, with commas
    created     BIGINT NOT NULL,
    expires     BIGINT, -- lets nobody in from then on; NULL: never expires
    revoked     BIGINT, -- when it was; NULL: it is not
    last_used   BIGINT  -- about; NULL: never seen
);

-- The audit log tells people apart by their tokens' names.
CREATE UNIQUE INDEX token_by_name ON token (name) WHERE revoked IS NULL;

-- Signed in on the page.
CREATE TABLE session (
    secret_hash TEXT COLLATE "C" PRIMARY KEY CHECK (length(secret_hash) = 64), -- BLAKE2b-256 of what the cookie holds
    token       TEXT COLLATE "C" NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    created     BIGINT NOT NULL,
    expires     BIGINT NOT NULL
);

CREATE INDEX session_by_token ON session (token, created);

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is never %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse('changed');

CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse('cut');

CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('cut');

-- What the common statements call it: the text of a JSON object's member, by its path '$.name'.
CREATE FUNCTION json_extract(document text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CAST(document AS json) ->> substr(path, 3)
$$;

-- What a study is found by.
CREATE VIEW study_text (study_key, text) AS
SELECT study_key,
       concat_ws(' ', title,
                 (SELECT string_agg(concat_ws(' ', family, given, group_name), ' ' ORDER BY position)
                  FROM author
                  WHERE author.study_key = study.study_key),
                 journal, population, conclusion)
FROM study;

-- The program cuts texts into words by the same tokenizers that SQLite's indexes have, so that both
-- engines find the same: by the stems of words, and by words as written (the beginning of a word is no
-- beginning of its stem). PostgreSQL's own dictionaries are not asked.
CREATE TABLE study_search (
    study_key BIGINT PRIMARY KEY REFERENCES study (study_key) ON DELETE CASCADE,
    stems     TSVECTOR NOT NULL,
    words     TSVECTOR NOT NULL
);

CREATE INDEX study_search_by_stem ON study_search USING gin (stems);
CREATE INDEX study_search_by_word ON study_search USING gin (words);

CREATE TABLE publication_search (
    publication_key BIGINT PRIMARY KEY,
    stems           TSVECTOR NOT NULL, -- of title, authors, journal, keywords and abstract
    words           TSVECTOR NOT NULL  -- of title, authors and journal
);

CREATE INDEX publication_search_by_stem ON publication_search USING gin (stems);
CREATE INDEX publication_search_by_word ON publication_search USING gin (words);

INSERT INTO touchstone_store (only_row, version) VALUES (1, 5);
