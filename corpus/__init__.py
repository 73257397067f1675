"""Primary sources: reading, storing and finding them. Knows nothing of attributions or verdicts."""
