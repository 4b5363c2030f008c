"""Everything for one machine: what `make demo`, `make test` and their friends run. Nothing here is for production."""
