-- The ledger of what was released, a row a release.

CREATE TABLE disclosure_release (
    id $id,
    code $text NOT NULL,
    population $text NOT NULL,
    definition $text,
    period $text NOT NULL,
    method $text NOT NULL,
    threshold $integer NOT NULL,
    cells $integer NOT NULL,
    released_at $text NOT NULL,
    released_by $text NOT NULL,
    body $text NOT NULL,
    chain_hash $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;
