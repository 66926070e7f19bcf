-- Whether a rebate was to be paid also where one of its days had one already; not known of those that are older than this.
ALTER TABLE rebates ADD COLUMN again BOOLEAN;
