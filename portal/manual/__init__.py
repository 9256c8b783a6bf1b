"""The manual: pages made from the tables of the program, beside the hand-written portal/docs."""
