-- Reminders of returns, each made once for a person.

CREATE TABLE reminder (
    id $id,
    directorate_return $integer NOT NULL REFERENCES directorate_return (id),
    account $integer NOT NULL REFERENCES account (id),
    kind $text NOT NULL,
    made_on $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (directorate_return, account, kind)
) $strict;
