"""From an article to a report: who is said to have said what, and whether the record bears it out."""
