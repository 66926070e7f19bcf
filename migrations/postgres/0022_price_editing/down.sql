DROP INDEX prices_of_list;
