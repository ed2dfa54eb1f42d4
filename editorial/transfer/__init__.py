"""Figures, works and courses as spreadsheets: out, and all or nothing back in."""
