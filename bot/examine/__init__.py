"""What `ally doctor` and the settings page look at, one part of an installation a file."""
