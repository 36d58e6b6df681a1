-- What changed with an event, and the events of one operation, are asked for by the audit's pages.

CREATE INDEX row_change_of_event ON row_change (event);
CREATE INDEX audit_event_by_operation ON audit_event (operation);
