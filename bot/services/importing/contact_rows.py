"""Rows of contacts, as an export writes them, record numbers and all."""

from bot.domain.access import Scope
from bot.domain.contacts import MAX_PHONE, MAX_TEXT, ContactRole
from bot.services.importing.cells import Cells
from bot.services.importing.layouts import SOURCES
from bot.services.importing.staging import Reader, Staging
from db.contacts import NewContact

YES = "yes"


class ContactRows(Reader):
    """Reads contacts, those with a number under their number."""

    def __init__(self, staging: Staging) -> None:
        super().__init__(staging)
        self._replaced: list[tuple[Cells, int]] = []

    def read(self, cells: Cells) -> None:
        """Take in a contact; one without a number is left out where they are known already."""
        person = self._contact(cells)
        if person is None:
            return
        contacts, lenient = self.staging.contacts, self.staging.rules.lenient
        if person.number is None:
            self.staging.count(contacts.add_unless_known(person))
        else:
            self.staging.count(contacts.put(cells, person, person.number, lenient=lenient))
        if person.replaced_by is not None:
            self._replaced.append((cells, person.replaced_by))

    def finish(self) -> None:
        """Point out who is said to have been replaced by somebody who is not there, or by themselves in the end."""
        for cells, later in self._replaced:
            contacts = self.staging.contacts
            if later not in contacts or contacts.leads_back(cells.raw("number"), later):
                cells.problem("replaced_by", "record_unknown", record=f"C{later}")

    def _contact(self, cells: Cells) -> NewContact | None:
        role = cells.word("role", ContactRole, "contact_role_unknown", required=True)
        place = self.staging.place_of(cells, "place")
        if place is None and not cells.has("place"):
            cells.problem("place", "cell_empty")
        name, name_zh = cells.text("name", MAX_TEXT), cells.text("name_zh", MAX_TEXT)
        if not (name or name_zh):
            cells.problem("name", "cell_empty")
        scope = cells.word("scope", Scope, "scope_unknown") or Scope.OFFICE
        if scope is Scope.PUBLIC:
            cells.problem("scope", "contact_public")
        consent = cells.date("consent")
        if role is ContactRole.ALUMNUS and consent is None and not cells.has("consent"):
            cells.problem("consent", "contact_without_consent")
        if not cells.ok or role is None or place is None:
            return None
        person = NewContact(
            number=cells.number("number"),
            role=role,
            name=name,
            name_zh=name_zh,
            post=cells.text("post", MAX_TEXT),
            post_zh=cells.text("post_zh", MAX_TEXT),
            place_id=place.id,
            organisation=cells.text("organisation", MAX_TEXT),
            since=cells.date("since", past=False),
            until=cells.date("until", past=False),
            has_left=cells.raw("has_left").casefold() == YES,
            replaced_by=cells.number("replaced_by"),
            email=cells.text("email", MAX_TEXT),
            phone=cells.text("phone", MAX_PHONE),
            programme=cells.text("programme", MAX_TEXT),
            programme_year=cells.date("programme_year", past=False),
            consent=consent,
            confirmed_on=cells.date("confirmed_on"),
            note=cells.text("note"),
            sources=cells.texts("sources", SOURCES),
            scope=scope,
            office_id=self.staging.office_of(cells, scope),
        )
        return person if cells.ok else None
