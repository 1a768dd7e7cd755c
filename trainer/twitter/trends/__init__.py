"""What is talked about more than expected, by how many people who count."""
