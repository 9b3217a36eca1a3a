"""Many articles: where they come from, the ledger they go to, and the run between the two."""
