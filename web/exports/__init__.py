"""What leaves the desk as a file: tables that no spreadsheet runs, Word documents with comments, lines of JSON.

tables  comma-separated values;  word  an annotated text;  download  the answer that a browser saves
"""
