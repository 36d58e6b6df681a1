-- A scheme taken into a new year: what becomes of each action and target, until it is approved.

CREATE TABLE roll_over (
    id $id,
    scheme $integer NOT NULL REFERENCES scheme (id),
    year $text NOT NULL,
    state $text NOT NULL,
    submitted_at $text,
    submitted_by $text,
    sent_back $text,
    approved_at $text,
    approved_by $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (scheme, year)
) $strict;

CREATE TABLE roll_over_action (
    id $id,
    roll_over $integer NOT NULL REFERENCES roll_over (id),
    action $integer NOT NULL REFERENCES action (id),
    choice $text NOT NULL,
    reason $text,
    wording $text,
    target_date $text,
    chosen_by $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (roll_over, action)
) $strict;

CREATE TABLE roll_over_target (
    id $id,
    roll_over $integer NOT NULL REFERENCES roll_over (id),
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    value $integer,
    decimals $integer NOT NULL,
    reason $text,
    chosen_by $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (roll_over, measure, unit)
) $strict;
