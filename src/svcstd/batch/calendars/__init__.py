"""The verbs of calendars over columns of NumPy: arrays of open time, and the kernels that search them."""
