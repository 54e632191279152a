"""Where answers are kept: tables, migrations, and units of work over them."""

from assessment.store.database import Store, StoreError, open_store
from assessment.store.unit_of_work import UnitOfWork

__all__ = ["Store", "StoreError", "UnitOfWork", "open_store"]
