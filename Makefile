# Everything a person does with this checkout. PYTHON names another Python: make run PYTHON=python3.12
PYTHON ?= python3
BOOTSTRAP = @exec $(PYTHON) scripts/bootstrap.py

# Set on the command line or in the environment; said here so that both reach the program.
export PORT HOST DATA_DIR ARGS UPGRADE

.PHONY: help run test bench check fix lock reset

help:
	@echo "make run    try the portal out; PORT, HOST and DATA_DIR may be set"
	@echo "make test   run all tests; ARGS goes to pytest: make test ARGS='-k search'"
	@echo "make bench  what lists cost at 100,000 rows, as ratios; some minutes"
	@echo "make check  lint, types, layers, migrations, deployment settings"
	@echo "make fix    mend what the linters can mend"
	@echo "make lock   renew requirements/*.lock; UPGRADE=1 takes newer versions"
	@echo "make reset  delete what was entered into the try-out"

run:
	$(BOOTSTRAP) run

test:
	$(BOOTSTRAP) test

bench:
	$(BOOTSTRAP) bench

check:
	$(BOOTSTRAP) check

fix:
	$(BOOTSTRAP) fix

lock:
	$(BOOTSTRAP) lock

reset:
	$(BOOTSTRAP) reset
