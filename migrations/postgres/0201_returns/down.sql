DROP TABLE return_lines;
DROP TABLE returns;
DROP TABLE return_numbers;
