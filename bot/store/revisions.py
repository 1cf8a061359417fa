"""Flow revisions that conversations still stand on."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class FlowRevision(SQLModel, table=True):
    """The text of one flow as it once was, found by its content hash."""

    __tablename__ = "flow_revision"

    revision: str = Field(primary_key=True, max_length=16)
    flow: str = Field(max_length=64, index=True)
    source: str
    seen_at: datetime
