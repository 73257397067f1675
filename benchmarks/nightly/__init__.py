"""Campaigns: every promise that takes too long for each run of the tests, tried hard and written down with its figures.

campaign     what a campaign is;  record  the figures of the last runs and the page made of them
starter      the invented documents and labelled quotes that campaigns work on
crashes, tampering, inputs, hidden, writers, silence, load, users, backups, mutants   one campaign each
"""
