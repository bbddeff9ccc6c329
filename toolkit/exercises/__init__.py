"""Exercises: a question is written once, in a source notebook; its checks, its student copy and its key are built."""
