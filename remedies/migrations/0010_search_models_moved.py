"""The index of search belongs to the app `search` from here on; its tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("remedies", "0009_circumstances")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="Mention"),
                migrations.DeleteModel(name="SearchItem"),
            ]
        )
    ]
