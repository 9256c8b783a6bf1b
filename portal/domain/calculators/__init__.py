"""Calculators of the public: what the law comes to in figures and days, sums written out."""
