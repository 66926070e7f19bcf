DROP TABLE punchout_orders;
DROP TABLE punchout_documents;
DROP TABLE punchout_sessions;
DROP TABLE punchout_shoppers;
DROP TABLE punchout_setups;
