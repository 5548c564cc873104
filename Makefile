# make help lists what there is.
GO ?= go
LINT_VERSION := v2.15.0
FUZZTIME ?= 5s

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

# What is found is made smaller by fifty runs, not for a minute: go test calls it
# a failure when its time ends meanwhile.
fuzz: ## every fuzz target for FUZZTIME
	@set -e; for pkg in $$($(GO) list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "fuzz $$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 50x $$pkg; \
	  done; done

bench: ## the table of docs/performance.md
	@$(GO) test -run '^$$' -bench '^BenchmarkTable$$' -benchtime 1x -timeout 30m ./cmd/nashra
	@$(GO) test -run '^$$' -bench '^BenchmarkWhatsApp$$' -benchtime 1x -timeout 10m ./cmd/nashra
