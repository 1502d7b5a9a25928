# make install, make uninstall: the program, what it says of itself to man and to shells, the unit for
# systemd, and the curated base. DESTDIR is put before every path, for packages.

BINDIR   ?= $(PREFIX)/bin
SHAREDIR ?= $(PREFIX)/share
UNITDIR  ?= $(PREFIX)/lib/systemd/system
MANDIR   := $(SHAREDIR)/man/man1
BASEDIR  := $(SHAREDIR)/touchstone
BASHDIR  := $(SHAREDIR)/bash-completion/completions
ZSHDIR   := $(SHAREDIR)/zsh/site-functions

# A page for the program and one for each of its commands, written by the program.
MANUALS := $(BUILD)/man
UNITS   := $(patsubst packaging/systemd/%.in,%,$(wildcard packaging/systemd/*.in))

.PHONY: man install uninstall
man: $(MANUALS)/touchstone.1
$(MANUALS)/touchstone.1: $(PROGRAM)
	@rm -rf $(MANUALS) && mkdir -p $(MANUALS)
	$(call quiet,MAN)set -e; for command in $$(./$(PROGRAM) help --words | cut -f 1); do \
	    ./$(PROGRAM) help --man $$command > $(MANUALS)/touchstone-$$command.1; done; \
	    ./$(PROGRAM) help --man > $@

# Into a base that is installed already the build brings the difference, so that its history stays.
install: all man
	install -D $(PROGRAM) $(DESTDIR)$(BINDIR)/$(PROGRAM)
	install -d $(addprefix $(DESTDIR),$(BASEDIR) $(MANDIR) $(BASHDIR) $(ZSHDIR) $(UNITDIR))
	./$(PROGRAM) build --data evidence/data --db $(DESTDIR)$(BASEDIR)/touchstone.db
	chmod 644 $(DESTDIR)$(BASEDIR)/touchstone.db
	install -m 644 $(MANUALS)/*.1 $(DESTDIR)$(MANDIR)
	install -m 644 packaging/completion/touchstone.bash $(DESTDIR)$(BASHDIR)/touchstone
	install -m 644 packaging/completion/_touchstone $(DESTDIR)$(ZSHDIR)/_touchstone
	for unit in $(UNITS); do sed 's|@BINDIR@|$(BINDIR)|g' packaging/systemd/$$unit.in \
	    > $(DESTDIR)$(UNITDIR)/$$unit && chmod 644 $(DESTDIR)$(UNITDIR)/$$unit || exit 1; done

# The installed base goes too. What curators keep belongs in a store of its own (docs/reliability.md).
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/$(PROGRAM) $(DESTDIR)$(MANDIR)/touchstone.1 $(DESTDIR)$(MANDIR)/touchstone-*.1
	rm -f $(DESTDIR)$(BASHDIR)/touchstone $(DESTDIR)$(ZSHDIR)/_touchstone
	rm -f $(addprefix $(DESTDIR)$(UNITDIR)/,$(UNITS))
	rm -f $(addprefix $(DESTDIR)$(BASEDIR)/,touchstone.db touchstone.db-wal touchstone.db-shm)
	-rmdir $(DESTDIR)$(BASEDIR)
