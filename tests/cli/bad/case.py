"""The bad inputs: each breaks the scenario in sound/ in one way.

case(NAME, CODE, FAULTS, *CHANGES): FAULTS is a list of ("file:line:column", "part of the message")
in the order of stderr. Lines of sound/ that changes name must be there exactly once.
"""
import os
from dataclasses import dataclass, field

CASES = []
S, M, O, A, SECTIONS, PLACES = ("scenario.yaml", "municipalities.csv", "organisations.csv",
                                "areas.csv", "sections.csv", "places.csv")
H, CHILDREN, ADULT_CHILDREN, ORIGINS, WORKS, EDUCATIONS = (
    "households.csv", "children.csv", "adult_children.csv", "origins.csv", "works.csv",
    "educations.csv")
WEALTH, ROOMS, D, DRIVERS = "wealth.csv", "rooms.csv", "destinations.csv", "drivers.csv"


@dataclass
class Case:
    name: str
    code: int
    faults: list
    changes: list
    arguments: list = field(default_factory=list)
    path: str = "case"
    commands: tuple = ("check", "run")


def case(name, code, faults, *changes, **options):
    CASES.append(Case(name, code, faults, list(changes), **options))


def to_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def edit(file, old, new):
    """Replaces a text that stands once."""
    def change(folder):
        path = folder / file
        content = path.read_bytes()
        assert content.count(to_bytes(old)) == 1, (file, old, content.count(to_bytes(old)))
        path.write_bytes(content.replace(to_bytes(old), to_bytes(new)))
    return change


def add(file, text):
    """Adds text at a file's end."""
    return lambda folder: (folder / file).open("ab").write(to_bytes(text))


def write(file, content):
    def change(folder):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(to_bytes(content))
    return change


def remove(file):
    return lambda folder: (folder / file).unlink()


def link(file, target):
    return lambda folder: (folder / file).symlink_to(target)


def fifo(file):
    return lambda folder: os.mkfifo(folder / file)
