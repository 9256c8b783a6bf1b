"""The only way out to the public: whitelisted, counted, masked, as files in build/public-data."""
