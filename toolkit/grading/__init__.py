"""Grade a class: take in what was handed in, run it apart, judge it, keep every mark, and give it back."""
