"""Gold on real text by pointer: sentences of corpora that stay outside the project, named by place and hash, labelled by hand.

python -m corpora.pointers.select    choose the sentences (done once; --check compares)
python -m corpora.pointers.check     validate the labels and count them
"""
