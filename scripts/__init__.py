"""Set-up of a checkout: what `scripts/run` and its neighbours need beside the shell."""
