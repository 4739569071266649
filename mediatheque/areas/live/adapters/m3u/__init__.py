"""M3U playlists in, lenient and in constant memory."""
