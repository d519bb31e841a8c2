"""From bytes to items: pure parsers that never raise for bad input. `sniff.parse` is the door; `item.py` says
what comes out.
"""
