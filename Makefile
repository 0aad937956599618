# congvan: every target does its own set-up. PYTHON names the interpreter (3.11 to 3.13); empty, it is looked for.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
export CONGVAN_SHARED ?= ../shared

.PHONY: help setup demo check test score bench bench-quick baseline reliability soak corpus verify lock schema samples clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: $(VENV)/.stamp  ## make .venv with congvan and all that its development needs

$(VENV)/.stamp: requirements/dev.txt pyproject.toml requirements/setup.sh
	@sh requirements/setup.sh $(VENV) "$(PYTHON)"

demo: setup  ## the main job on the samples: garbled and clean documents into a catalogue, and questions to it
	@sh corpora/demo.sh $(BIN)

check: setup  ## lint, types, layers, fast tests: under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 -m "not slow and not wheel"

test: setup  ## everything: lint, types, layers, all tests, the notebook, the wheel
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadgroup
	$(BIN)/pytest -q --nbmake notebooks

score: setup  ## parse and repair against gold
	@$(BIN)/python tests/benchmarks/score.py

$(VENV)/.bench: $(VENV)/.stamp requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

bench: $(VENV)/.bench  ## measurements beside the peers, written to docs/benchmarks.md (under forty minutes)
	@PYTHONPATH=. $(BIN)/python tests/benchmarks/bench.py

bench-quick: $(VENV)/.bench  ## the same on few documents: two minutes, printed only
	@PYTHONPATH=. $(BIN)/python tests/benchmarks/bench.py --quick

baseline: $(VENV)/.bench  ## as bench, and its counts become the baseline of gains and losses
	@PYTHONPATH=. $(BIN)/python tests/benchmarks/bench.py --store

reliability: setup  ## is a confidence of 0.9 right nine times of ten? docs/reliability.md and its chart, on documents of bank b
	@PYTHONPATH=. $(BIN)/python tests/benchmarks/reliability.py

corpus: setup  ## 200 generated documents with gold into out/corpus (more: .venv/bin/python -m corpora.generator --help)
	$(BIN)/python -m corpora.generator --count 200 --to out/corpus --as txt --as docx --as pdf-word-liberation --as pdf-gs

verify: $(VENV)/.bench  ## that damage leaves page pictures as they are, and that the pages say what the gold says (OCR)
	$(BIN)/python -m corpora.generator.verify --count 200 --jobs 2

soak: setup  ## the long shows: the tests on every other Python that is installed, a thousand copies of the samples imported, 2,000 mutated PDFs
	@sh tests/soak.sh $(BIN)/python

lock:  ## resolve the locked requirements anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group dev --extra ocr --extra office pyproject.toml -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group dev --extra ocr --extra office --extra bench pyproject.toml -o requirements/bench.txt

schema: setup  ## write the JSON Schema of the record
	$(BIN)/congvan schema > docs/record.schema.json

samples: setup  ## make the sample documents anew, the same bytes
	$(BIN)/python corpora/make_samples.py

clean:  ## remove what the targets made
	rm -rf $(VENV) .venv-3.* out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
