"""Grading: what students hand in becomes marks, in a process that student code cannot reach."""
