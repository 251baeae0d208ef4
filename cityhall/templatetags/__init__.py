"""Words and small pieces for templates."""
