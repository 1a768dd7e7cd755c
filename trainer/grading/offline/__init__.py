"""The offline grader: patterns of the content, sentence vectors, and a small fitted model."""
