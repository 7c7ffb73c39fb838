"""Redirects of renamed pages belong to the app `publishing` from here on; their table stays."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conditions", "0003_search")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="OldAddress")]
        )
    ]
