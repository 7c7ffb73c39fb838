from django.db import migrations

from remedies_site.final_columns import FinalColumns


class Migration(migrations.Migration):
    dependencies = [("remedies", "0001_initial")]
    operations = [
        FinalColumns(
            "remedies_remedyrevision",
            ("remedy_id", "number", "kind", "document", "note", "published_at"),
        ),
        FinalColumns(
            "remedies_entryrevision",
            ("entry_id", "number", "kind", "document", "note", "published_at"),
        ),
    ]
