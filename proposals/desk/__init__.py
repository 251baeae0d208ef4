"""What the pages of 窓口の机 say of cases, in words; its views lie in `proposals.admin`."""
