"""Generator of the public site: content/ and build/public-data/ become build/site/."""
