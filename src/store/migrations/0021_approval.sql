-- What two people must want: asked for by one, decided by another.

CREATE TABLE approval (
    id $id,
    kind $text NOT NULL,
    account $integer NOT NULL REFERENCES account (id),
    role $text,
    unit $integer REFERENCES unit (id),
    valid_from $text,
    valid_to $text,
    snapshot $text,
    subject $text,
    reason $text,
    state $text NOT NULL,
    asked_by $text NOT NULL,
    asked_at $text NOT NULL,
    decided_by $text,
    decided_at $text,
    event $integer REFERENCES audit_event (id)
) $strict;
