"""Changes of the desk's schema, in order; run by `web.store.database`."""
