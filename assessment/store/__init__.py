"""Where answers are kept: tables, migrations, and units of work over them."""

from assessment.store.database import Store, open_store
from assessment.store.unit_of_work import UnitOfWork
from assessment.store.unreachable import StoreError, UnreachableError

__all__ = ["Store", "StoreError", "UnitOfWork", "UnreachableError", "open_store"]
