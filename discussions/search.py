"""What search finds of discussions: the text of visible comments, by what they are about."""

from discussions.vocabulary import State
from remedies.search.sources import Source
from remedies.vocabulary import Found

COMMENTS = Source(
    Found.COMMENT.value,
    "discussions_comment",
    f"""SELECT t.id, '', t.body, CASE WHEN h.entry_id IS NULL
        THEN '{Found.REMEDY.value}:' || h.remedy_id ELSE '{Found.ENTRY.value}:' || h.entry_id END
        FROM discussions_comment t JOIN discussions_thread h ON h.id = t.thread_id
        WHERE t.state = '{State.VISIBLE.value}'""",
    ("body", "state", "thread_id"),
)
