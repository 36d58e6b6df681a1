-- A document cites targets, forecasts and comparators besides values; a comparator has no unit.

-- sqlite:
CREATE TABLE citation_with_subject (
    id $id,
    document $integer NOT NULL REFERENCES document (id),
    number $integer NOT NULL,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer REFERENCES unit (id),
    period $text NOT NULL,
    breakdown $text,
    revision $integer NOT NULL,
    printed $text NOT NULL,
    subject $text NOT NULL DEFAULT 'value',
    detail $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (document, number)
) $strict;
INSERT INTO citation_with_subject (id, document, number, measure, unit, period, breakdown,
    revision, printed, event)
    SELECT id, document, number, measure, unit, period, breakdown, revision, printed, event
    FROM citation;
DROP TABLE citation;
ALTER TABLE citation_with_subject RENAME TO citation;
CREATE INDEX citation_by_value ON citation (measure, unit, period);
-- postgresql:
ALTER TABLE citation ADD COLUMN subject $text NOT NULL DEFAULT 'value';
ALTER TABLE citation ADD COLUMN detail $text;
ALTER TABLE citation ADD COLUMN event_after $integer REFERENCES audit_event (id);
UPDATE citation SET event_after = event;
ALTER TABLE citation DROP COLUMN event;
ALTER TABLE citation RENAME COLUMN event_after TO event;
ALTER TABLE citation ALTER COLUMN unit DROP NOT NULL;
-- both:
