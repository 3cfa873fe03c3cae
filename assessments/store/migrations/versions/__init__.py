"""The versions of the store, oldest first, each with its way back."""
