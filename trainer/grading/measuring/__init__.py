"""How well a grader grades: sets of judged answers, figures, and plain baselines."""
