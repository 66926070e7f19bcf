DROP TABLE allocation_modes;
DROP TABLE quota_uses;
DROP TABLE quotas;
