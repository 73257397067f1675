"""Where documents come from: one module for each publisher or data package."""
