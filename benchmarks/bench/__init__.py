"""How fast OnRecord is, how that grows with the corpus, and how fast what a user would pick instead is: one run, one page.

Read `__main__.py` first; `material.py` makes what is asked and searched, `systems.py` asks about single quotes, `program.py`
runs the command line, `page.py` and `plot.py` write what came out.
"""
