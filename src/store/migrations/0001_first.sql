-- The first schema. Type words: $id $integer $real $text $bytes; $strict ends a table. Lines from
-- `-- sqlite:` or `-- postgresql:` to `-- both:` are for that engine alone.

CREATE TABLE audit_event (
    id $id,
    at $text NOT NULL,
    who $text NOT NULL,
    operation $text NOT NULL,
    subject $text,
    fields $text,
    row_count $integer NOT NULL,
    commitment_old $text,
    commitment_new $text,
    previous_hash $text,
    hash $text
) $strict;

CREATE TABLE row_change (
    id $id,
    event $integer NOT NULL REFERENCES audit_event (id),
    entity $text NOT NULL,
    row_id $integer NOT NULL,
    field $text NOT NULL,
    old_value $text,
    new_value $text
) $strict;

CREATE TABLE authority (
    id $id,
    code $text NOT NULL,
    name $text NOT NULL,
    nation $text NOT NULL,
    kind $text NOT NULL,
    headcount $integer,
    year_start_month $integer NOT NULL,
    rating_scale $text NOT NULL,
    small_base $integer NOT NULL,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE characteristic (
    id $id,
    code $text NOT NULL,
    title $text NOT NULL,
    statutory $integer NOT NULL,
    aim_eliminate $integer NOT NULL,
    aim_advance $integer NOT NULL,
    aim_foster $integer NOT NULL,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE unit (
    id $id,
    code $text NOT NULL,
    name $text NOT NULL,
    kind $text NOT NULL,
    parent $integer REFERENCES unit (id),
    valid_from $text,
    valid_to $text,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE unit_change (
    id $id,
    predecessor $integer NOT NULL REFERENCES unit (id),
    successor $integer NOT NULL REFERENCES unit (id),
    changed_on $text NOT NULL,
    kind $text NOT NULL,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (predecessor, successor, changed_on)
) $strict;

CREATE TABLE post (
    id $id,
    code $text NOT NULL,
    title $text NOT NULL,
    unit $integer REFERENCES unit (id),
    valid_from $text,
    valid_to $text,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE person (
    id $id,
    code $text NOT NULL,
    name $text NOT NULL,
    email $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE appointment (
    id $id,
    post $integer NOT NULL REFERENCES post (id),
    person $integer NOT NULL REFERENCES person (id),
    valid_from $text NOT NULL,
    valid_to $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (post, person, valid_from)
) $strict;

CREATE TABLE body (
    id $id,
    code $text NOT NULL,
    name $text NOT NULL,
    kind $text NOT NULL,
    cycle $text,
    cycle_text $text,
    duty $text,
    unit $integer REFERENCES unit (id),
    parent $integer REFERENCES body (id),
    valid_from $text,
    valid_to $text,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE membership (
    id $id,
    body $integer NOT NULL REFERENCES body (id),
    member $text NOT NULL,
    role $text NOT NULL,
    post $integer REFERENCES post (id),
    member_body $integer REFERENCES body (id),
    represents $text,
    valid_from $text,
    valid_to $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (body, member)
) $strict;

CREATE TABLE scheme (
    id $id,
    code $text NOT NULL,
    title $text NOT NULL,
    starts $text NOT NULL,
    ends $text,
    period_note $text,
    vision $text,
    summary $text,
    status $text NOT NULL,
    adopted_by $integer REFERENCES body (id),
    adopted_on $text,
    published_on $text,
    next_due $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE vision_option (
    id $id,
    scheme $integer NOT NULL REFERENCES scheme (id),
    number $integer NOT NULL,
    wording $text NOT NULL,
    outcome $text NOT NULL,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (scheme, number)
) $strict;

CREATE TABLE principle (
    id $id,
    scheme $integer NOT NULL REFERENCES scheme (id),
    number $integer NOT NULL,
    wording $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (scheme, number)
) $strict;

CREATE TABLE phase (
    id $id,
    scheme $integer NOT NULL REFERENCES scheme (id),
    number $integer NOT NULL,
    title $text NOT NULL,
    wording $text,
    starts $text,
    ends $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (scheme, number)
) $strict;

CREATE TABLE objective (
    id $id,
    code $text NOT NULL,
    scheme $integer NOT NULL REFERENCES scheme (id),
    number $integer NOT NULL,
    title $text NOT NULL,
    explanation $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE objective_mapping (
    id $id,
    objective $integer NOT NULL REFERENCES objective (id),
    mapped_from $integer NOT NULL REFERENCES objective (id),
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (objective, mapped_from)
) $strict;

CREATE TABLE priority (
    id $id,
    code $text NOT NULL,
    objective $integer NOT NULL REFERENCES objective (id),
    number $integer NOT NULL,
    need $text NOT NULL,
    reason $text,
    how_measured $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE outcome (
    id $id,
    code $text NOT NULL,
    priority $integer NOT NULL REFERENCES priority (id),
    number $integer NOT NULL,
    wording $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE action (
    id $id,
    code $text NOT NULL,
    objective $integer NOT NULL REFERENCES objective (id),
    priority $integer REFERENCES priority (id),
    number $integer NOT NULL,
    wording $text NOT NULL,
    lead_text $text,
    target_date $text,
    due $text,
    recurrence $text,
    condition $text,
    success_measure $text,
    status $text NOT NULL,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE action_lead (
    id $id,
    action $integer NOT NULL REFERENCES action (id),
    role $text NOT NULL,
    name $text NOT NULL,
    post $integer REFERENCES post (id),
    unit $integer REFERENCES unit (id),
    body $integer REFERENCES body (id),
    event $integer REFERENCES audit_event (id),
    UNIQUE (action, role, name)
) $strict;

CREATE TABLE action_tag (
    id $id,
    action $integer NOT NULL REFERENCES action (id),
    characteristic $integer NOT NULL REFERENCES characteristic (id),
    heading $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (action, characteristic)
) $strict;

CREATE TABLE action_status (
    id $id,
    action $integer NOT NULL REFERENCES action (id),
    changed_on $text NOT NULL,
    status $text NOT NULL,
    reason $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (action, changed_on, status)
) $strict;

CREATE TABLE measure (
    id $id,
    code $text NOT NULL,
    title $text NOT NULL,
    kind $text NOT NULL,
    polarity $text NOT NULL,
    unit_of_measure $text,
    decimals $integer NOT NULL,
    numerator_definition $text,
    denominator_definition $text,
    population $text,
    accumulation $text NOT NULL,
    multi_year_span $integer,
    frequency $text NOT NULL,
    variance $text NOT NULL,
    parent $integer REFERENCES measure (id),
    roll_up $text NOT NULL,
    complement_of $integer REFERENCES measure (id),
    successor $integer REFERENCES measure (id),
    series_break $text,
    break_note $text,
    survey_question $text,
    survey_wave $text,
    survey_from $text,
    survey_to $text,
    survey_base $text,
    survey_weighting $text,
    survey_next $text,
    source $text,
    external_code $text,
    status $text NOT NULL,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE evidence (
    id $id,
    priority $integer NOT NULL REFERENCES priority (id),
    number $integer NOT NULL,
    statement $text NOT NULL,
    figure $integer,
    figure_unit $text,
    measure $integer REFERENCES measure (id),
    period $text,
    source $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (priority, number)
) $strict;

CREATE TABLE action_measure (
    id $id,
    action $integer NOT NULL REFERENCES action (id),
    measure $integer NOT NULL REFERENCES measure (id),
    event $integer REFERENCES audit_event (id),
    UNIQUE (action, measure)
) $strict;

CREATE TABLE priority_measure (
    id $id,
    priority $integer NOT NULL REFERENCES priority (id),
    measure $integer NOT NULL REFERENCES measure (id),
    number $integer NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (priority, measure)
) $strict;

CREATE TABLE measure_objective (
    id $id,
    objective $integer NOT NULL REFERENCES objective (id),
    reference $text NOT NULL,
    measure $integer NOT NULL REFERENCES measure (id),
    success_criterion $text,
    sequence $integer NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (objective, reference)
) $strict;

CREATE TABLE measure_supplier (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    post $integer REFERENCES post (id),
    partner $integer REFERENCES body (id),
    roll_up $text NOT NULL,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, unit)
) $strict;

CREATE TABLE comparator (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    name $text NOT NULL,
    period $text NOT NULL,
    value $integer NOT NULL,
    decimals $integer NOT NULL,
    source $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, name, period)
) $strict;

CREATE TABLE target (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    period $text NOT NULL,
    kind $text NOT NULL,
    revision $integer NOT NULL,
    latest $integer NOT NULL,
    comparator $text NOT NULL,
    value $integer,
    upper $integer,
    decimals $integer NOT NULL,
    baseline $integer,
    baseline_period $text,
    change_percent $integer,
    baseline_relative $integer NOT NULL,
    wording $text,
    reason $text,
    approved_by $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, unit, period, kind, revision)
) $strict;

CREATE TABLE value (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    period $text NOT NULL,
    breakdown $text NOT NULL,
    revision $integer NOT NULL,
    latest $integer NOT NULL,
    numerator $integer,
    denominator $integer,
    value $integer,
    decimals $integer,
    as_at $text,
    state $text NOT NULL,
    missing $text,
    milestone $text,
    quality_note $text,
    source_hash $text,
    reason $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, unit, period, breakdown, revision)
) $strict;

CREATE TABLE forecast (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    period $text NOT NULL,
    made_in $text NOT NULL,
    revision $integer NOT NULL,
    latest $integer NOT NULL,
    value $integer NOT NULL,
    decimals $integer NOT NULL,
    note $text,
    reason $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, unit, period, made_in, revision)
) $strict;

CREATE TABLE rating (
    id $id,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    period $text NOT NULL,
    revision $integer NOT NULL,
    latest $integer NOT NULL,
    declared $text NOT NULL,
    declared_reason $text,
    declared_by $text,
    reason $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (measure, unit, period, revision)
) $strict;

CREATE TABLE directorate_return (
    id $id,
    code $text NOT NULL,
    period $text NOT NULL,
    unit $integer NOT NULL REFERENCES unit (id),
    state $text NOT NULL,
    due_on $text,
    submitted_on $text,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE return_row (
    id $id,
    directorate_return $integer NOT NULL REFERENCES directorate_return (id),
    reference $text NOT NULL,
    sequence $integer NOT NULL,
    objective $integer NOT NULL REFERENCES objective (id),
    measure $integer REFERENCES measure (id),
    owner $text,
    success_criterion $text,
    target_text $text,
    progress $text,
    value_text $text,
    forecast_text $text,
    declared $text,
    missing $text,
    nothing_to_report $integer,
    note $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (directorate_return, reference)
) $strict;

CREATE TABLE source_file (
    id $id,
    hash $text NOT NULL,
    name $text NOT NULL,
    size $integer NOT NULL,
    kind $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (hash)
) $strict;

CREATE TABLE document (
    id $id,
    code $text NOT NULL,
    title $text NOT NULL,
    kind $text NOT NULL,
    period $text,
    created_at $text NOT NULL,
    state $text NOT NULL,
    content_hash $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE TABLE citation (
    id $id,
    document $integer NOT NULL REFERENCES document (id),
    number $integer NOT NULL,
    measure $integer NOT NULL REFERENCES measure (id),
    unit $integer NOT NULL REFERENCES unit (id),
    period $text NOT NULL,
    breakdown $text,
    revision $integer NOT NULL,
    printed $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (document, number)
) $strict;

CREATE INDEX row_change_of_row ON row_change (entity, row_id);
CREATE INDEX value_by_period ON value (period, unit);
CREATE INDEX return_row_by_measure ON return_row (measure);
CREATE INDEX citation_by_value ON citation (measure, unit, period);

-- An audit event is written once, sealed by its hash, and stays.
-- sqlite:
CREATE TRIGGER audit_event_sealed BEFORE UPDATE ON audit_event WHEN OLD.hash IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'An audit event is sealed and cannot be changed');
END;
CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'An audit event cannot be removed');
END;
-- postgresql:
CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    IF TG_OP = ''UPDATE'' AND OLD.hash IS NULL THEN
        RETURN NEW;
    ELSIF TG_OP = ''UPDATE'' THEN
        RAISE EXCEPTION ''An audit event is sealed and cannot be changed'';
    END IF;
    RAISE EXCEPTION ''An audit event cannot be removed'';
END';
CREATE TRIGGER audit_event_sealed BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();
CREATE TRIGGER audit_event_kept BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();
-- both:
