"""Before a comment is public: what in it wants care, and what then happens. The rules read English."""
