-- A recipe may count people of one population, such as leavers, among those of another.

ALTER TABLE measure_recipe ADD COLUMN among_population $text;
