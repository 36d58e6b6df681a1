-- The life of a return: what a row holds while it is written, and the steps that are taken.

ALTER TABLE return_row ADD COLUMN numerator_text $text;
ALTER TABLE return_row ADD COLUMN denominator_text $text;
ALTER TABLE return_row ADD COLUMN milestone $text;
ALTER TABLE return_row ADD COLUMN declared_reason $text;
ALTER TABLE return_row ADD COLUMN quality_note $text;
ALTER TABLE return_row ADD COLUMN corrective_action $text;
ALTER TABLE return_row ADD COLUMN corrective_owner $text;
ALTER TABLE return_row ADD COLUMN corrective_by $text;
ALTER TABLE return_row ADD COLUMN outcome_of_last $text;
ALTER TABLE return_row ADD COLUMN is_complete $integer;
ALTER TABLE return_row ADD COLUMN supplied_by $text;
ALTER TABLE return_row ADD COLUMN edited_by $text;
ALTER TABLE return_row ADD COLUMN edited_at $text;
ALTER TABLE return_row ADD COLUMN version $integer;

ALTER TABLE directorate_return ADD COLUMN opened_on $text;
ALTER TABLE directorate_return ADD COLUMN lock_on $text;
ALTER TABLE directorate_return ADD COLUMN first_complete_on $text;
ALTER TABLE directorate_return ADD COLUMN open_until $text;
ALTER TABLE directorate_return ADD COLUMN open_reason $text;

CREATE TABLE return_step (
    id $id,
    directorate_return $integer NOT NULL REFERENCES directorate_return (id),
    number $integer NOT NULL,
    action $text NOT NULL,
    state_before $text,
    state_after $text,
    taken_at $text NOT NULL,
    taken_by $text NOT NULL,
    reason $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (directorate_return, number)
) $strict;
