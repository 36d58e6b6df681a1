-- Snapshots of people, sealed; what their labels stand for; measures that are counted from them.

CREATE TABLE snapshot (
    id $id,
    code $text NOT NULL,
    title $text NOT NULL,
    taken_on $text NOT NULL,
    population $text NOT NULL,
    latest $integer NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE snapshot_version (
    id $id,
    snapshot $integer NOT NULL REFERENCES snapshot (id),
    number $integer NOT NULL,
    state $text NOT NULL,
    sealed_at $text NOT NULL,
    key_name $text NOT NULL,
    sealed_hash $text NOT NULL,
    source_hash $text,
    people $integer NOT NULL,
    records $integer NOT NULL,
    chunks $integer NOT NULL,
    reason $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (snapshot, number)
) $strict;

CREATE TABLE snapshot_chunk (
    id $id,
    snapshot_version $integer NOT NULL REFERENCES snapshot_version (id),
    number $integer NOT NULL,
    body $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (snapshot_version, number)
) $strict;

CREATE TABLE stop_notice (
    id $id,
    code $text NOT NULL,
    subject $text NOT NULL,
    received_on $text NOT NULL,
    effective_on $text NOT NULL,
    ended_on $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE people_label (
    id $id,
    heading $text NOT NULL,
    label $text NOT NULL,
    list $text NOT NULL,
    code $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (heading, label)
) $strict;

CREATE TABLE measure_recipe (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    breakdown $text NOT NULL,
    population $text NOT NULL,
    numerator $text NOT NULL,
    denominator $text,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, unit, breakdown)
) $strict;
