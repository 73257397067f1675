"""What speaks for and against a claim at one place of the record; each feature in an editor's words."""
