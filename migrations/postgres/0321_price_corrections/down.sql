DROP TABLE price_correction_lines;
DROP TABLE price_corrections;
DROP TABLE price_correction_numbers;
