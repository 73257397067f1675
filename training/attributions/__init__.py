"""The tagger: an open corpus of attributions in invented news, and the network that is trained on it."""
