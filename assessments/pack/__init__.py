"""Questionnaire packs: reading, checking and comparing what experts wrote in the tables."""
