"""What an officer sends and carries on a mission: letter, focal-point sheet, agenda, guides.

Word files in the language of the country, for the officer to complete and edit. They name
institutions and posts, never persons.
"""
