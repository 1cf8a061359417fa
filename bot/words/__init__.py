"""Words as families read and write them: catalogs, formats, segments, numbers (pure)."""
