-- Links with which people without an account read a document, up to a day.

CREATE TABLE shared_link (
    id $id,
    document $integer NOT NULL REFERENCES document (id),
    reader $text NOT NULL,
    token $text NOT NULL,
    valid_to $text NOT NULL,
    withdrawn_at $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (token)
) $strict;
