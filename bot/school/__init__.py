"""Calendar, directory and rights library."""
