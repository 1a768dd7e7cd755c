"""The grade of an interview: five signals and a verdict, counted from points, questions and the
log. Pure, but for `asking`, `overrules` and `shown`."""
