-- Directorates' own scorecards: what their labels stand for, what was read, and what it filled in.

CREATE TABLE scorecard_match (
    id $id,
    unit $integer NOT NULL REFERENCES unit (id),
    place $text NOT NULL,
    words $text NOT NULL,
    meaning $text NOT NULL,
    measure $integer REFERENCES measure (id),
    event $integer REFERENCES audit_event (id),
    UNIQUE (unit, place, words)
) $strict;

CREATE TABLE scorecard_file (
    id $id,
    directorate_return $integer NOT NULL REFERENCES directorate_return (id),
    source_file $integer NOT NULL REFERENCES source_file (id),
    name $text NOT NULL,
    cells $text NOT NULL,
    taken_at $text NOT NULL,
    taken_by $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (directorate_return, source_file)
) $strict;

CREATE TABLE scorecard_cell (
    id $id,
    return_row $integer NOT NULL REFERENCES return_row (id),
    input $text NOT NULL,
    source_file $integer NOT NULL REFERENCES source_file (id),
    sheet $text,
    cell $text NOT NULL,
    words $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (return_row, input)
) $strict;
