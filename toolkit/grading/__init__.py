"""Grading: submissions are taken in, run apart from the marks, judged, booked, marked by people and given back."""
