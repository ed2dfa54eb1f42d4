"""The last good copy of each public page, kept ahead of Django: for speed, and for the hours when something is down.

declaring.py   what a view says: this page may be kept, and which parameters it reads
asking.py      what a request asks for: the key of a kept page, or nothing that is kept
copies.py      a copy: its headers, its packed bodies, the answers made of it
storing.py     where copies lie, in memory and on disk, and when they go
withdrawals.py where no copy of before is shown any more
renewing.py    what runs beside the requests: Django for one page, the look at the content's revision
layer.py       the WSGI application around Django's, which puts these together

Why it is made so: docs/decisions/2026-11-22-kept-pages.md
"""
