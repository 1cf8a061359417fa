"""What `ally golive` walks through, and the texts that a registration asks for."""
