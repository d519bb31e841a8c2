from careerforge.governance.handling import Erase, Handling, Keep, declare

CARE = Handling("To tell who looks after a source that it is not well", Keep.HERE, Erase.ROW)

declare("connectors.ownership", (CARE, "connection user told_at"))
