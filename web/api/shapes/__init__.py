"""What is asked and what is answered, field by field: the one place from which requests are checked, answers made and the
OpenAPI document written.

What is asked refuses fields that it does not know; what is answered is checked against its own shape before it leaves.
"""
