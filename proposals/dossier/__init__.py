"""One case as one file: what there is of it in order of time, what is blacked out, the PDF and the ZIP."""
