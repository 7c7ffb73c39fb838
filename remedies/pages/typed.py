"""The pages of a remedy and of an entry as an editor types them: nothing of them is stored."""

from remedies.document import entry_grade, entry_html, remedy_html
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.entry import EntryPage, page_of_state
from remedies.pages.remedy import RemedyPage, page_of_remedy
from remedies.schema import EntryDocument, RemedyDocument
from remedies.selectors import typed_entry

ENTRY_TEMPLATE = "remedies/pages/entry_detail.html"
REMEDY_TEMPLATE = "remedies/pages/remedy_detail.html"


def typed_entry_page(entry: RemedyConditionEntry, document: EntryDocument) -> EntryPage:
    """The page of an entry that a form holds, with remedy and condition as readers see them."""
    state = (document, entry_html(document), entry_grade(document))
    return page_of_state(typed_entry(entry), state, draft=True)


def typed_remedy_page(remedy: Remedy, document: RemedyDocument) -> RemedyPage:
    """The overview of a remedy that a form holds."""
    return page_of_remedy(remedy, document, remedy_html(document), draft=True)
