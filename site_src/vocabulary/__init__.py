"""How the texts of content/ read: their longest sentences, and words that few people use."""
