"""What a coach takes away of a cohort or a student: exactly what the pages show, as tables and on paper."""
