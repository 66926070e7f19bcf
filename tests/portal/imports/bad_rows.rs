//! Each kind of bad row of each file is told with its place and code.

use super::{BASE, STRICT, all_unchanged, faults, import, with_base};

#[test]
fn every_bad_row_is_told_and_nothing_is_applied() {
    let check = |file: &str, text: &str, expected: &[&str]| {
        let fresh = with_base();
        let report = import(&fresh, &[(file, text)], STRICT);
        assert_eq!(faults(&report), expected, "{file}\n{text}");
        assert!(!report.applied);
        assert!(all_unchanged(&import(&fresh, BASE, STRICT)), "{file}\n{text}");
    };
    check(
        "supplier.csv",
        "name,country,currency,vat_id,time_zone\nS,XX,EU,nl1,Mars\nT,NL,EUR,,\n",
        &[
            "supplier.csv:2 country unknown_country",
            "supplier.csv:2 currency unknown_currency",
            "supplier.csv:2 vat_id value_invalid",
            "supplier.csv:2 time_zone unknown_time_zone",
            "supplier.csv:3 name duplicate_key",
        ],
    );
    check(
        "supplier.csv",
        "name,country,currency\nS,DE,EUR\n",
        &["supplier.csv:2 country unknown_tax_rate"],
    );
    check(
        "tax_rates.csv",
        "country,category,rate,valid_from\nNL,S,21.00001,\nNL,s,21,\nNL,S,101,\nNL,S,-1,\nNL,S,1,2026-1-1\nNL,S,1,\nNL,S,2,\n",
        &[
            "tax_rates.csv:2 rate bad_number",
            "tax_rates.csv:3 category value_invalid",
            "tax_rates.csv:4 rate bad_number",
            "tax_rates.csv:5 rate bad_number",
            "tax_rates.csv:6 valid_from bad_date",
            "tax_rates.csv:8 category duplicate_key",
        ],
    );
    check(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,price_strategy,locale\n\
         B1,n,NL,EUR,iron,30,,,\nB2,n,NL,EUR,gold,-1,,,\nB3,n,NL,JPY,gold,1,1.5,,\nB4,n,NL,EUR,gold,1,-1,,\n\
         B5,n,NL,EUR,gold,1,,cheapest,EN\nA1,n,NL,GBP,gold,1,,,\n",
        &[
            "accounts.csv:2 tier value_invalid",
            "accounts.csv:3 payment_terms_days bad_number",
            "accounts.csv:4 credit_limit bad_number",
            "accounts.csv:5 credit_limit bad_number",
            "accounts.csv:6 locale value_invalid",
            "accounts.csv:6 price_strategy value_invalid",
            "accounts.csv:7 currency still_in_use",
        ],
    );
    check(
        "sites.csv",
        "account,site,name,country\nNO,S,s,NL\nA1,S,,NL\nA1,T,t,NL\nA1,T,t,NL\n",
        &[
            "sites.csv:2 account unknown_account",
            "sites.csv:3 name required",
            "sites.csv:5 site duplicate_key",
        ],
    );
    check(
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,gtin,exclusive_account\n\
         P1,n,KGM,0,S,4006381333931,\nP2,n,MTR,3,AA,,\nQ1,n,h87,7,B,,\nQ2,n,H87,0,S,4006381333930,NO\nQ3,n,H87,0,S,96385074,\n\
         Q4,n,H87,0,S,,\nQ4,n,H87,0,S,,\nP2,n,MTR,2,AA,,A2\n",
        &[
            "products.csv:2 base_unit still_in_use",
            "products.csv:3 decimals still_in_use",
            "products.csv:4 base_unit value_invalid",
            "products.csv:4 decimals bad_number",
            "products.csv:4 tax_category unknown_tax_rate",
            "products.csv:5 gtin bad_gtin",
            "products.csv:5 exclusive_account unknown_account",
            "products.csv:6 gtin gtin_used",
            "products.csv:8 sku duplicate_key",
            "products.csv:9 sku duplicate_key",
        ],
    );
    check(
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,exclusive_account\nP1,n,H87,0,S,A2\n",
        &["products.csv:2 exclusive_account exclusive_article"],
    );
    check(
        "units.csv",
        "sku,unit,name,base_quantity,numerator,denominator,gtin,min_quantity,multiple\n\
         NO,X,n,1,,,,,\nP1,H87,n,1,,,,,\nP1,X1,n,,,,,,\nP1,X2,n,0,,,,,\nP1,X3,n,,1,,,,\nP1,X4,n,2,3,1,,,\n\
         P1,X5,n,1,,,4006381333931,,\nP1,X6,n,1,,,,0,1.5\nP1,X7,n,0.5,1,2,,,\nP1,X7,n,1,,,,,\n",
        &[
            "units.csv:2 sku unknown_sku",
            "units.csv:3 unit value_invalid",
            "units.csv:4 base_quantity required",
            "units.csv:5 base_quantity bad_number",
            "units.csv:6 denominator required",
            "units.csv:7 base_quantity value_invalid",
            "units.csv:8 gtin gtin_used",
            "units.csv:9 min_quantity bad_number",
            "units.csv:9 multiple bad_number",
            "units.csv:11 unit duplicate_key",
        ],
    );
    check(
        "price_lists.csv",
        "price_list,name,currency,kind,account,tier,rank,valid_from,valid_to\n\
         L1,n,EUR,special,,,,,\nL2,n,EUR,contract,,,,,\nL3,n,EUR,base,A1,gold,,,\nL4,n,GBP,account,A1,,,,\n\
         L5,n,EUR,tier,,,,,\nL6,n,EUR,base,,,x,2026-02-01,2026-01-31\n",
        &[
            "price_lists.csv:2 kind value_invalid",
            "price_lists.csv:3 account required",
            "price_lists.csv:4 account value_invalid",
            "price_lists.csv:4 tier value_invalid",
            "price_lists.csv:5 currency wrong_currency",
            "price_lists.csv:6 tier required",
            "price_lists.csv:7 rank bad_number",
            "price_lists.csv:7 valid_to value_invalid",
        ],
    );
    check(
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\n\
         NO,P1,H87,0,1,\nBASE,NO,H87,0,1,\nBASE,P1,XXX,0,1,\nBASE,P1,H87,0.5,1,\nBASE,P1,H87,-1,1,\nBASE,P1,H87,0,0,\n\
         BASE,P1,H87,0,1.5.5,\nBASE,P1,H87,0,1.1234567,5\nBASE,P1,H87,9,1,\nBASE,P1,H87,9.0,1,\n",
        &[
            "prices.csv:2 price_list unknown_price_list",
            "prices.csv:3 sku unknown_sku",
            "prices.csv:4 unit unknown_unit",
            "prices.csv:5 min_quantity bad_number",
            "prices.csv:6 min_quantity bad_number",
            "prices.csv:7 price bad_number",
            "prices.csv:8 price bad_number",
            "prices.csv:8 sku duplicate_key",
            "prices.csv:9 price bad_number",
            "prices.csv:9 price_base bad_number",
            "prices.csv:9 sku duplicate_key",
            "prices.csv:11 sku duplicate_key",
        ],
    );
    check(
        "assortment.csv",
        "account,sku,customer_part_number,label_gtin\n\
         A2,P3,X,\nA2,P1,N-1,036000291452\nA2,P2,N-1,036000291452\nA1,P1,N-2,\nA1,P2,N-2,4006381333931\n",
        &[
            "assortment.csv:2 sku exclusive_article",
            "assortment.csv:4 customer_part_number part_number_used",
            "assortment.csv:5 customer_part_number part_number_used",
            "assortment.csv:6 label_gtin gtin_used",
        ],
    );
    check(
        "assortment.csv",
        "account,sku,customer_part_number,label_gtin\nA2,P2,X,4006381333931\n",
        &["assortment.csv:2 label_gtin gtin_used"],
    );
    check(
        "stock.csv",
        "warehouse,sku,on_hand\nMAIN,P1,1.5\nMAIN,NO,1\nMAIN,P2,-1\n,P1,1\nEAST,P1,1\nEAST,P1,2\n",
        &[
            "stock.csv:2 on_hand bad_number",
            "stock.csv:3 sku unknown_sku",
            "stock.csv:4 on_hand bad_number",
            "stock.csv:5 warehouse required",
            "stock.csv:7 sku duplicate_key",
        ],
    );
}
