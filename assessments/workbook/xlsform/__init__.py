"""Questionnaires as XLSForms, for KoboToolbox and ODK: written, read back, and their answers read.

`form` says what the form of a pack is and `write` writes it; `own` and `foreign` turn a form into
the tables of a pack; `export` and `submissions` read what was answered on a phone or in a browser.
"""
