/*
 * `touchstone pool FILE | -`: a meta-analysis of one's own.
 *
 * Reads one JSON object, an array of them, one a line (NDJSON), or CSV with a column `id`, and
 * writes one result each: JSON with --json (an array for an array, else a line each), a table and
 * a forest plot for people. What is read is bounded (see pool_input.h); results are written as they
 * come.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_POOL_H
#define TOUCHSTONE_SERVICE_COMMAND_POOL_H

/*
 * argv[0] is the subcommand. Returns the exit status: 0 done; 1 input bad or not there (of many
 * analyses those that are good are still answered, and the bad ones say why in their place); 2
 * usage.
 */
int command_pool(int argc, char **argv);

#endif
