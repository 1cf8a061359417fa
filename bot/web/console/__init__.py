"""The pages for staff: sign in, see what waits, set things up."""
