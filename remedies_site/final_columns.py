"""A migration step by which the database itself refuses to change a column once it is written."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_SQLITE = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {changed}
BEGIN SELECT RAISE(ABORT, 'a published revision is final'); END
"""
_POSTGRES = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a published revision is final' USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed})
EXECUTE FUNCTION {name}();
"""


class FinalColumns(Operation):
    """Refuse updates that change the columns; the same value written again passes.

    A later migration that makes SQLite rebuild the table loses the trigger and has to repeat this
    step (tests/repository/ notices).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        """`table` and `columns` by their names in the database."""
        self.table = table
        self.columns = columns

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models know nothing of it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Make the trigger."""
        differs = "IS DISTINCT FROM" if self._is_postgres(schema_editor) else "IS NOT"
        changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in self.columns)
        sql = _POSTGRES if self._is_postgres(schema_editor) else _SQLITE
        schema_editor.execute(
            sql.format(name=f"{self.table}_final", table=self.table, changed=changed), None
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Take it away."""
        name = f"{self.table}_final"
        if self._is_postgres(schema_editor):
            schema_editor.execute(f"DROP TRIGGER {name} ON {self.table}; DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")

    def describe(self) -> str:
        """For `migrate --plan`."""
        return f"Make {', '.join(self.columns)} of {self.table} final"

    def _is_postgres(self, schema_editor: BaseDatabaseSchemaEditor) -> bool:
        return schema_editor.connection.vendor == "postgresql"
