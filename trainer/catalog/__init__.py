"""What is taught: the content packs, their schema, and the number ledger.

A pack is a folder in settings.CONTENT_DIR that holds the files of `schema.py`; its name is the
pack's slug. Adding one needs no code: write the files, then run `manage.py check_content`.
"""
