"""What a finished interview shows: readings of its log. Pure, but for `page`, `history` and
`appendices`."""
