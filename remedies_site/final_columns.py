"""A migration operation: a trigger that makes columns immutable once a row is inserted."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

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
    """Create a trigger that rejects updates which change the columns (equal values pass).

    SQLite drops the trigger when a later migration rebuilds the table: that migration has to repeat
    this operation (tests/repository/test_revisions.py fails until it does).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, columns: tuple[str, ...], *, once: str = "") -> None:
        """`table` and `columns` are names in the database.

        With `once`, an SQL condition on the stored row (`OLD.state <> 'waiting'`), the columns are
        final from the moment it holds.
        """
        self.table = table
        self.columns = columns
        self.once = once

    @property
    def _name(self) -> str:
        return f"{self.table}_{'decided' if self.once else 'final'}"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state of the models does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the trigger."""
        differs = "IS DISTINCT FROM" if self._is_postgres(schema_editor) else "IS NOT"
        changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in self.columns)
        if self.once:
            changed = f"({self.once}) AND ({changed})"
        sql = _POSTGRES if self._is_postgres(schema_editor) else _SQLITE
        schema_editor.execute(sql.format(name=self._name, table=self.table, changed=changed), None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the trigger."""
        name = self._name
        if self._is_postgres(schema_editor):
            schema_editor.execute(f"DROP TRIGGER {name} ON {self.table}; DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")

    def describe(self) -> str:
        """The line of `migrate --plan`."""
        return f"Make {', '.join(self.columns)} of {self.table} final"

    def _is_postgres(self, schema_editor: BaseDatabaseSchemaEditor) -> bool:
        return schema_editor.connection.vendor == "postgresql"
