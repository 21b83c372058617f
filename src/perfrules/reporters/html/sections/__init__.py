"""The sections of a submission on the page, one file each."""
