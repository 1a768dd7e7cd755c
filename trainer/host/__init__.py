"""The interviewer's side: who is invited to an interview, and the scorecards that they fill in."""
