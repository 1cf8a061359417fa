"""What `ally doctor` looks at, one part of an installation a file."""
