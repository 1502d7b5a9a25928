# Two commands matter: `make run` and `make test`. `make help` lists the rest.

CC       ?= gcc
BUILD    ?= build
PROGRAM  := touchstone
PREFIX   ?= /usr/local
SANITIZE ?=

PACKAGES := libevent_pthreads libevent_openssl libevent openssl jansson sqlite3 gsl libsodium zlib libxml-2.0
# Loaded when they are first needed (evidence/base/late.h), by the names the linker would give them.
LATE     := libcurl
# A store may be kept by PostgreSQL where its library is there when this is built.
ifneq ($(shell pkg-config --exists libpq 2>/dev/null && echo yes),)
LATE     += libpq
POSTGRES := -DTOUCHSTONE_WITH_POSTGRES
endif
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes \
            -Wstrict-prototypes -Wwrite-strings -Wvla -Werror
CFLAGS   ?= -O2 -g
# -ffp-contract=off: the same bytes on every machine, fused multiply-add or not.
OWN      := -std=c17 -D_GNU_SOURCE -I. -I$(BUILD) $(WARNINGS) -ffp-contract=off -MMD -MP -pthread \
            $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
OWN      += $(POSTGRES) $(shell pkg-config --cflags $(PACKAGES) $(LATE) 2>/dev/null)
LIBS     := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm -pthread
# Tests ask a database themselves.
TEST_LIBS := $(if $(POSTGRES),$(shell pkg-config --libs libpq 2>/dev/null))

SOURCES  := $(shell find evidence importers service -name '*.c' | LC_ALL=C sort)
ifndef POSTGRES
SOURCES  := $(filter-out evidence/store/postgres/%,$(SOURCES))
endif
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o)
MAIN     := $(BUILD)/service/command/main.o
LIBRARY  := $(BUILD)/libtouchstone.a
JOBS     := $(shell nproc 2>/dev/null || echo 2)
TESTS    := $(shell find tests -name 'test_*.c' | LC_ALL=C sort)
# The fuzz targets run their corpora as tests, with a main of ours in place of the fuzzer's.
FUZZ_TARGETS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
REPLAYS  := $(FUZZ_TARGETS:%.c=$(BUILD)/%)
REPLAY   := $(BUILD)/tests/fuzz/replay.o $(BUILD)/tests/fuzz/corpus_file.o
TEST_PROGRAMS := $(TESTS:%.c=$(BUILD)/%) $(REPLAYS)
# Files that the program carries inside itself: SQL statements, the pages, the API's description.
EMBEDDED := $(shell find evidence service -name '*.sql' -o -path 'service/web/*' -type f ! -name '*.[ch]' \
              -o -path 'service/views/*.svg' -o -path 'service/worlds/*.json' | LC_ALL=C sort)

.PHONY: all run test check format layers sanitize clean help
all: $(PROGRAM)

run: dependencies
	@$(MAKE) --no-print-directory -j$(JOBS) all
	./$(PROGRAM) build --data evidence/data --db touchstone.db
	./$(PROGRAM) serve --db touchstone.db

.PHONY: dependencies test-dependencies
dependencies:
	@tools/install-packages build
test-dependencies:
	@tools/install-packages build test

# `make V=1` shows the commands.
quiet = $(if $(V),,@echo "  $(1) $@";)

$(PROGRAM): $(MAIN) $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,LD)$(CC) $(OWN) $(CFLAGS) -o $@ $^ $(LIBS)

$(LIBRARY): $(filter-out $(MAIN),$(OBJECTS))
	@rm -f $@
	$(call quiet,AR)$(AR) rcs $@ $^

$(BUILD)/%.o: %.c | $(BUILD)/embedded.h $(BUILD)/late_names.h
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) $(OWN) $(CFLAGS) -c -o $@ $<

$(BUILD)/late_names.h: tools/late-names Makefile
	@mkdir -p $(@D)
	$(call quiet,NAMES)CC='$(CC)' tools/late-names $(LATE) > $@ || { rm -f $@; exit 1; }

$(BUILD)/embedded.h: tools/embed Makefile $(EMBEDDED)
	@mkdir -p $(@D)
	$(call quiet,EMBED)tools/embed $(EMBEDDED) > $@

$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,LD)$(CC) $(OWN) $(CFLAGS) -o $@ $< $(filter %.o,$^) $(LIBRARY) $(LIBS) $(TEST_LIBS) -lcmocka

$(REPLAYS): $(REPLAY)
$(BUILD)/tests/fuzz/test_corpora: $(BUILD)/tests/fuzz/corpus_file.o

test: test-dependencies
	@$(MAKE) --no-print-directory -j$(JOBS) all test-programs
	@tests/run $(BUILD)

# Figures, as ratios within one run; what is not installed is skipped and said.
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/bench_*.c))
.PHONY: bench
bench: all $(BENCHES)
	@tests/bench/run $(BUILD)

# What each page weighs, and when its largest part is painted: on a slow phone, and here.
.PHONY: bench-pages
bench-pages: all test-dependencies
	@node tests/pages/pageweight.mjs
	@node tests/pages/pagepaint.mjs

# Long and loaded: a mixed day with 1,000 connections and curators, 2,000 slow clients, 200 times kill -9.
SOAK_SECONDS ?= 1800
.PHONY: soak
soak: all test-dependencies
	@tests/soak/run $(SOAK_SECONDS)

# Random input, guided by coverage and begun from the corpora: FUZZ_SECONDS a target. Needs clang with its runtime.
FUZZ_SECONDS ?= 60
FUZZERS := $(FUZZ_TARGETS:%.c=$(BUILD)/fuzz/%)
FUZZ_LIBRARY := $(BUILD)/fuzz/libtouchstone.a
FUZZ_OBJECTS := $(patsubst $(BUILD)/%,$(BUILD)/fuzz/%,$(filter-out $(MAIN),$(OBJECTS)))
FUZZ_CC := clang $(filter-out -Werror,$(OWN)) -O1 -g
.PHONY: fuzz
fuzz: $(FUZZERS) $(REPLAYS)
	@for fuzzer in $(FUZZERS); do echo "  FUZZ $$fuzzer" && \
	    $(BUILD)/tests/fuzz/$${fuzzer##*/} --unpack $$fuzzer.corpus && \
	    $$fuzzer -max_total_time=$(FUZZ_SECONDS) -max_len=65536 -print_final_stats=1 \
	        $$fuzzer.corpus || exit 1; done

$(BUILD)/fuzz/%.o: %.c | $(BUILD)/embedded.h $(BUILD)/late_names.h
	@mkdir -p $(@D)
	$(call quiet,FUZZ)$(FUZZ_CC) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<

$(FUZZ_LIBRARY): $(FUZZ_OBJECTS)
	@rm -f $@
	$(call quiet,AR)$(AR) rcs $@ $^

$(BUILD)/fuzz/tests/%: tests/%.c $(FUZZ_LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,FUZZ)$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $< $(FUZZ_LIBRARY) $(LIBS) -lcmocka

# Breaks evidence/ one small change at a time and sees whether a test dies: tools/mutate/mutate.mjs tells how.
MUTANTS ?= 100
SEED    ?= 1
.PHONY: mutate flags
mutate: test-dependencies
	@BUILD='$(BUILD)' node tools/mutate/mutate.mjs --mutants $(MUTANTS) --seed $(SEED) $(if $(FILE),--file $(FILE))

# What a file is compiled with, and what a program is linked with.
flags:
	@echo '$(OWN)'
	@echo '$(LIBS)'

.PHONY: test-programs
test-programs: $(TEST_PROGRAMS)

# The code read without running it; what is not installed (clang-tidy, cppcheck) is skipped and said.
.PHONY: lint
lint: $(BUILD)/embedded.h $(BUILD)/late_names.h
	@JOBS=$(JOBS) LINT_FLAGS='$(filter-out -Werror -MMD -MP,$(OWN))' tools/lint $(FILES)

# Which lines the tests run, in build/coverage: a file a line, the least first. The tests of the pages are left out.
.PHONY: coverage
coverage:
	tests/coverage

check: format layers sanitize

format:
	@clang-format --dry-run --Werror $(shell find evidence importers service tests -name node_modules -prune -o -name '*.[ch]' -print)

layers:
	@tools/check-layers

sanitize:
	tests/sanitize

include mk/install.mk

clean:
	rm -rf $(BUILD) $(PROGRAM)

help:
	@echo 'make run       install what is missing, build, compile evidence/data, serve http://127.0.0.1:8080'
	@echo 'make test      install what the tests need and run all of them'
	@echo 'make           build ./$(PROGRAM) only'
	@echo 'make bench     measured figures, beside their peers where those are installed'
	@echo 'make bench-pages  the weight of each page, and when its largest part is painted, on a slow phone and here'
	@echo 'make soak      a day with 1,000 connections (SOAK_SECONDS, now $(SOAK_SECONDS)), 2,000 slow clients, 200 times kill -9'
	@echo 'make fuzz      random input for readers and routes, FUZZ_SECONDS (now $(FUZZ_SECONDS)) each; needs clang'
	@echo 'make mutate    break evidence/ in MUTANTS (now $(MUTANTS)) places, one at a time, and see whether a test notices'
	@echo 'make lint      gcc -fanalyzer, cppcheck and clang-tidy over everything, or FILES'
	@echo 'make coverage  which lines the tests run, file by file, the least first'
	@echo 'make check     format, layers, and the tests under sanitizers'
	@echo 'make install   the program, its base, manual pages, completion and units under PREFIX (now $(PREFIX)); DESTDIR before it'
	@echo 'make uninstall take away what make install put there'
	@echo 'make clean     remove what was built'

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
