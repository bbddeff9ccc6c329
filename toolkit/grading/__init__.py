"""Graded assignments: take in what was handed in, run it shut in, judge, keep, mark, give back."""
