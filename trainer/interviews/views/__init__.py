"""The pages of an interview: the room, the report, the replay, and the list of all."""
