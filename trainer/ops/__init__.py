"""Running the product: commands, health, outage pages."""
