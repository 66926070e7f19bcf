DROP TABLE delivery_windows;
