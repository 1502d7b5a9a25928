/*
 * What can be read out of a record by program: the design from publication types, MeSH headings,
 * registry fields and, last, the title; people from the abstract; registration numbers in running
 * text. Each with where it stood, marked as machine-read, and never counted before a person agrees.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_MACHINE_READING_H
#define TOUCHSTONE_IMPORTERS_INTAKE_MACHINE_READING_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

/* Fills `record->machine` where the reader has not. Where words disagree (a protocol, a secondary
 * analysis, two sample sizes) it stays unknown rather than guessed. */
void machine_read(struct record *record, struct arena *arena);

#endif
