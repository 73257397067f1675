"""The judge: a small cross-encoder that reads a passage and a claim together and says whether the one bears the other out."""
