"""The response workbook: a Government says of each finding and activity whether it accepts it.

It is written from what a report prints and read back as strictly as a questionnaire. It stands
apart from questionnaires because it answers a report, not a pack.
"""
