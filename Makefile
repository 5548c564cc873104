# make help lists what there is.
GO ?= go
LINT_VERSION := v2.15.0
FUZZRUNS ?= 3000

.PHONY: help build test check format vet lint race fuzz bench demo

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## build one static binary, ./nashra
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o nashra ./cmd/nashra

demo: ## play the whole thing on this machine, in a browser
	$(GO) run ./cmd/demo

test: ## run the tests as the README says
	$(GO) test ./...

check: format vet lint race fuzz ## everything that CI asks after the tests

format: ## fail when a file is not gofmt-ed
	@out="$$(gofmt -l $$(git ls-files '*.go'))"; test -z "$$out" || { echo "not gofmt-ed:"; echo "$$out"; exit 1; }

vet: ## go vet
	$(GO) vet ./...

lint: ## golangci-lint with .golangci.yml
	$(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION) run ./...

# SQLite itself, which is C made into Go, runs as it is under the race detector:
# watching each of its steps makes the tests four times as long. Its Go driver,
# and all else, is watched.
UNWATCHED := -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc/...=-race=false

race: ## the tests again, under the race detector; the longest package begins, so that the others run beside it
	$(GO) test -race $(UNWATCHED) -timeout 30m ./cmd/wire ./...

# Inputs are counted, not timed, here and where what is found is made smaller: go
# test may report the end of its own time as a failure of the target. Two packages
# open a database for each input, and get a tenth.
fuzz: ## every fuzz target with FUZZRUNS inputs
	@set -e; for pkg in $$($(GO) list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...); do \
	  case $$pkg in */talk/editor | */desk/web) runs=$$(($(FUZZRUNS) / 10)) ;; *) runs=$(FUZZRUNS) ;; esac; \
	  for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "fuzz $$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $${runs}x -fuzzminimizetime 10x $$pkg; \
	  done; done

bench: ## the table of docs/performance.md
	@$(GO) test -run '^$$' -bench '^BenchmarkTable$$' -benchtime 1x -timeout 30m ./cmd/nashra
	@$(GO) test -run '^$$' -bench '^BenchmarkWhatsApp$$' -benchtime 1x -timeout 10m ./cmd/nashra
