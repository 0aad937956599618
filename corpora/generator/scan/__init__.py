"""Scans of documents: pictures as they come from an office's scanner or an archive's copier, with known truth.

A clean PDF is rasterised, written on, sealed, skewed, blurred and compressed as a
:class:`~corpora.generator.scan.profiles.Profile`
says. The same bytes, profile and seed give the same scan (with the same versions of the libraries).

Needs Pillow, NumPy, pypdfium2, pikepdf and OpenCV (``pip install opencv-python-headless``).
"""
