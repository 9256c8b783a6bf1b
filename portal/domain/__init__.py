"""What the centre knows and the rules it works by: pure, without Flask, store or clock."""
