"""Loads the guide from content files: first everything is read and checked, then written."""

from practices.loader.files import MalformedContent, Problem
from practices.loader.reading import read_folder
from practices.loader.report import Report
from practices.loader.writing import load

__all__ = ["MalformedContent", "Problem", "Report", "load", "read_folder"]
