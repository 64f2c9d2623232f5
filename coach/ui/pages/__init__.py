"""Pages: thin functions that call services and draw. They decide nothing."""
