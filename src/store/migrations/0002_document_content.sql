-- What a frozen document said, whole.

CREATE TABLE document_content (
    id $id,
    document $integer NOT NULL REFERENCES document (id),
    body $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (document)
) $strict;
