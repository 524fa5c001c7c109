"""Files in and out: every way in which reading or writing goes wrong has one clear line."""

from careplan.files.finding import SUFFIX, find_plans
from careplan.files.problem import FileProblem, printable
from careplan.files.reading import LARGEST, STDIN_NAME, decode, read_source, read_stdin
from careplan.files.writing import write_atomically, write_new, writing

__all__ = [
    "LARGEST",
    "STDIN_NAME",
    "SUFFIX",
    "FileProblem",
    "decode",
    "find_plans",
    "printable",
    "read_source",
    "read_stdin",
    "write_atomically",
    "write_new",
    "writing",
]
