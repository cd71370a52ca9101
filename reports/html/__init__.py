"""The report as one page: opens from a folder with nothing installed and no network, and holds all that it shows."""

from reports.html.page import render

__all__ = ["render"]
