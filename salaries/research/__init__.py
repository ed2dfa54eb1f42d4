"""From research files to fixture rows: one module for each publisher. Used by make_salary_fixtures alone."""
