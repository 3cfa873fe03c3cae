"""Questionnaires in Excel: written, read back, annotated. The only code that knows their layout.

Everything is imported from its module (`workbook.write`, `workbook.read`, `workbook.annotate`,
`workbook.fill`), so that importing the package stays light.
"""
