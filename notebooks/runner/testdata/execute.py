"""Executes a notebook with nbclient: python3 execute.py IN.ipynb OUT.ipynb

The kernel is the one that JUPYTER_PATH names "reprise".
"""
import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, kernel_name="reprise", coalesce_streams=True, allow_errors=True, record_timing=False, timeout=120).execute()
nbformat.write(notebook, sys.argv[2])
