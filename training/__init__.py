"""Training of the models that come with the program; nothing here runs when OnRecord does."""
