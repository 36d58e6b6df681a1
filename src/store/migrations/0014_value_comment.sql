-- Comments on figures, and what is to be followed up in the next return.

CREATE TABLE value_comment (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    period $text NOT NULL,
    number $integer NOT NULL,
    words $text NOT NULL,
    follow_up $text NOT NULL,
    written_at $text NOT NULL,
    written_by $text NOT NULL,
    outcome $text,
    settled_at $text,
    settled_by $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, unit, period, number)
) $strict;
