"""The desks: interactive views that pass what you choose on to the functions of the lessons. One file a desk."""
