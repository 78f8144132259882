"""Spans of time that many parts of the portal speak of."""

from __future__ import annotations

from datetime import timedelta

A_WEEK = timedelta(weeks=1)
