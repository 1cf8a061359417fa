"""Machine translators that a district may set up: LibreTranslate and Google, over their REST contracts."""
