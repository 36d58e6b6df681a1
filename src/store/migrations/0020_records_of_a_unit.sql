-- What a return's page reads of one unit, found without walking through every unit's records.

CREATE INDEX target_by_period ON target (period, unit);
CREATE INDEX forecast_by_period ON forecast (made_in, unit);
CREATE INDEX rating_by_period ON rating (period, unit);
CREATE INDEX measure_supplier_by_unit ON measure_supplier (unit);
