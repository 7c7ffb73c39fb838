from django.db import migrations

from remedies_site.final_columns import FinalColumns


class Migration(migrations.Migration):
    dependencies = [("conditions", "0001_initial")]
    operations = [
        FinalColumns(
            "conditions_conditionrevision",
            ("condition_id", "number", "kind", "document", "note", "published_at"),
        ),
    ]
