"""What all blocks share: a name, a title, notes, sources and codes."""

from careplan.plan.model.element import Element


class Cite(Element):
    """A pointer to a source, and where in it."""

    source: str
    where: str | None = None


class Code(Element):
    """A code of a published code system, such as LOINC."""

    system: str
    value: str
    title: str | None = None


class Named(Element):
    """An element with a name and a title for people."""

    name: str
    title: str | None = None
    notes: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def label(self) -> str:
        """The title, or the name in plain words."""
        return self.title or self.name.replace("-", " ")


class SourceEntry(Named):
    """A reference that `cite` lines point to."""

    url: str | None = None
    strength: tuple[str, ...] = ()
