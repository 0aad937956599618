"""Pages that are pictures: prepared, cut into lines, read by Tesseract, judged beside a text layer that they have."""
