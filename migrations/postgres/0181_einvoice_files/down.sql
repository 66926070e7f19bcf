DROP TABLE einvoice_files;
