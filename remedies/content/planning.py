"""Plan what loading a content pack changes: reads alone, so that nothing waits for it."""

from collections.abc import Callable

from remedies.content.load_plan import LoadPlan
from remedies.content.load_state import LoadActions, LoadOptions
from remedies.content.merged import follow_merges
from remedies.content.pack import Pack
from remedies.content.planning_library import LibraryPlanner
from remedies.content.planning_pages import PagePlanner

ReportCount = Callable[[int], None]


def plan_load(
    pack: Pack, options: LoadOptions, report: ReportCount = lambda _more: None
) -> LoadActions:
    """The actions of a load in their order, with their plan.

    `report` gets how many more documents were planned. Raises InvalidPack where the library has one of
    the works under another key.
    """
    actions = LoadActions(LoadPlan(options.mode), options)
    pack, left_out = follow_merges(pack)
    library = LibraryPlanner(pack, options)
    actions.works = list(library.works())
    actions.terms = list(library.terms())
    actions.regrades = list(library.regrades())
    report(len(pack.citations) + len(pack.circumstances))
    pages = PagePlanner(pack, options, library.library, lambda: report(1))
    actions.conditions = list(pages.conditions())
    slugs = [condition.slug for condition in pack.conditions]
    conditions = dict(zip(slugs, actions.conditions, strict=True))
    actions.remedies = [pages.remedy(part, conditions) for part in pack.remedies]
    actions.plan.documents = [
        *left_out,
        *(action.planned for action in actions.works),
        *(action.planned for action in actions.terms),
        *actions.regrades,
        *(action.planned for action in actions.conditions),
        *(action.planned for part in actions.remedies for action in (part.remedy, *part.entries)),
    ]
    return actions


def documents_in(pack: Pack) -> int:
    """How many documents a pack holds, for a progress bar."""
    entries = sum(1 + len(part.entries) for part in pack.remedies)
    return len(pack.citations) + len(pack.circumstances) + len(pack.conditions) + entries
