"""Riverbend County: a department that does not exist, so that every page is worth looking at.

People and organizations are invented. Dates are days from today, so that something is always
late, something is for today and something is to come.
"""
