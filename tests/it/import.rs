//! Product files: what real ones contain, one case each.

use std::io::Cursor;

use cartwright::domain::catalog::import::{ImportError, Options, Report, import_products};
use entity::platform::outbox_event;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::TestShop;

const HEADER: &str = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Position";

async fn import_bytes(shop: &TestShop, file: &[u8], options: &Options) -> Result<Report, ImportError> {
    import_products(&shop.app.database, &shop.app.sources, Cursor::new(file), options, |_| {}).await
}

async fn import(shop: &TestShop, file: &str) -> Report {
    import_bytes(shop, file.as_bytes(), &Options::default()).await.expect("a product file")
}

/// Imports rows below [`HEADER`].
async fn rows(shop: &TestShop, rows: &str) -> Report {
    import(shop, &format!("{HEADER}\n{rows}")).await
}

fn counts(report: &Report) -> [u64; 4] {
    [report.created, report.updated, report.unchanged, report.refused]
}

fn problems(report: &Report) -> Vec<String> {
    report.problems.iter().map(ToString::to_string).collect()
}

async fn shown(shop: &TestShop, handle: &str) -> Value {
    let query = "query ($h: String!) { product(handle: $h) { title description descriptionHtml vendor tags
        options { name } images(first: 9) { nodes { url } }
        variants(first: 250) { nodes { title sku barcode weight price { amount } compareAtPrice { amount } quantityAvailable
            currentlyNotInStock image { url } } } } }";
    shop.guest(query, json!({ "h": handle })).await.at("/product")
}

fn each<'a>(product: &'a Value, field: &str) -> Vec<&'a Value> {
    product["variants"]["nodes"].as_array().expect("variants").iter().map(|variant| &variant[field]).collect()
}

#[tokio::test]
async fn rows_of_a_product_may_be_far_apart_and_only_one_has_its_title() {
    let shop = TestShop::still().await;
    let report = rows(
        &shop,
        "\
shirt,Shirt,Size,S,SH-S,shopify,3,20,,https://x.example/1.jpg,2
lamp,Lamp,Title,Default Title,L,shopify,1,5,,,
shirt,,,M,SH-M,shopify,4,21,,,
shirt,,,,,,,,,https://x.example/0.jpg,1
",
    )
    .await;
    assert_eq!((counts(&report), problems(&report)), ([2, 0, 0, 0], vec![]));
    let shirt = shown(&shop, "shirt").await;
    assert_eq!(each(&shirt, "title"), ["S", "M"]);
    assert_eq!(each(&shirt, "quantityAvailable"), [3, 4]);
    assert_eq!(
        shirt["images"]["nodes"],
        json!([{ "url": "https://x.example/0.jpg" }, { "url": "https://x.example/1.jpg" }])
    );
    assert_eq!(shown(&shop, "lamp").await["options"], json!([{ "name": "Title" }]));
}

#[tokio::test]
async fn a_file_imported_twice_changes_nothing_and_says_so() {
    let shop = TestShop::still().await;
    let file = "\
shirt,Shirt,Size,S,'SH-S,shopify,-3,20,19,https://x.example/1.jpg,2
shirt,,,M,SH-M,,4,21,30,,
Lamp,Lämp <b>,,,,shopify,1,5,,,
";
    let first = rows(&shop, file).await;
    assert_eq!(counts(&first), [2, 0, 0, 0]);
    let facts = outbox_event::Entity::find().count(shop.app.database.reader()).await.expect("counted");
    let second = rows(&shop, file).await;
    assert_eq!((counts(&second), second.variants_created), ([0, 0, 2, 0], 0));
    assert_eq!(problems(&first), problems(&second));
    assert_eq!(outbox_event::Entity::find().count(shop.app.database.reader()).await.expect("counted"), facts);
}

#[tokio::test]
async fn a_later_file_changes_prices_and_adds_variants_but_leaves_stock_and_what_it_does_not_name() {
    let shop = TestShop::still().await;
    rows(&shop, "shirt,Shirt,Size,S,A,shopify,3,20,,,\nshirt,,,M,B,shopify,3,20,,,\nlamp,Lamp,,,,shopify,3,5,,,\n")
        .await;
    let report = rows(&shop, "shirt,Shirt,Size,s,A,shopify,9,22.50,,,\nshirt,,,L,C,shopify,7,20,,,\n").await;
    assert_eq!((counts(&report), report.variants_created), ([0, 1, 0, 0], 1));
    let shirt = shown(&shop, "shirt").await;
    assert_eq!(each(&shirt, "sku"), ["A", "B", "C"]);
    assert_eq!(each(&shirt, "quantityAvailable"), [3, 3, 7]);
    assert_eq!(shirt["variants"]["nodes"][0]["price"]["amount"], "22.5");

    let stock = "Handle,Option1 Value,Variant SKU,Variant Inventory Qty\nshirt,S,A,11\n";
    let options = Options { set_stock: true, ..Options::default() };
    let report = import_bytes(&shop, stock.as_bytes(), &options).await.expect("imported");
    assert_eq!(counts(&report), [0, 1, 0, 0]);
    let shirt = shown(&shop, "shirt").await;
    assert_eq!(each(&shirt, "quantityAvailable"), [11, 3, 7]);
    assert_eq!((&shirt["title"], &shirt["options"]), (&json!("Shirt"), &json!([{ "name": "Size" }])));
    assert_eq!(counts(&import_bytes(&shop, stock.as_bytes(), &options).await.expect("imported")), [0, 0, 1, 0]);
}

#[tokio::test]
async fn bad_rows_are_told_with_their_line_and_the_rest_is_taken() {
    let shop = TestShop::still().await;
    let report = rows(
        &shop,
        "\
shirt,Shirt,Size,S,A,,1,20,,,
shirt,,,M,B,,1,,,,
shirt,,,L,C,,1,cheap,,,
shirt,,,XL,D,,1,-2,,,
shirt,,,s,E,,1,20,,,
shirt,,,,F,,1,20,,,
shirt,,,XXL,G,,many,20,,,
,No handle,,,,,1,20,,,
shirt,,,3XL,H,,1,20,,,,one,too,many
",
    )
    .await;
    assert_eq!(counts(&report), [1, 0, 0, 0]);
    assert_eq!((report.rows, report.rows_refused, report.has_refusals()), (9, 8, true));
    assert_eq!(
        problems(&report),
        [
            "line 3: shirt: refused: the price is missing",
            "line 4: shirt: refused: Variant Price \"cheap\": the amount is not a decimal number such as 12.50",
            "line 5: shirt: refused: Variant Price \"-2\" is below zero",
            "line 6: shirt: refused: line 2 has the same option values (s)",
            "line 7: shirt: refused: a value for the option \"Size\" is missing",
            "line 8: shirt: refused: Variant Inventory Qty \"many\" is no whole number",
            "line 9: refused: the handle is empty or has neither letter nor digit",
            "line 10: refused: the row has 14 cells, the header 11; look for a quotation mark that is not doubled",
        ]
    );
    assert_eq!(each(&shown(&shop, "shirt").await, "sku"), ["A"]);
}

#[tokio::test]
async fn oddities_are_put_right_with_a_warning() {
    let shop = TestShop::still().await;
    let report = rows(
        &shop,
        "\
shirt,Shirt,Size,S,'A,shopify,-4,20,20.00,ftp://x/1.jpg,1
shirt,,,M,A,shopify,2,20,25,/media/../../etc/passwd,2
shirt,Other Shirt,,L,,,2,20,0,/media/ok.webp,3
Über Lamp,Lamp,,,,,2,20,,,
",
    )
    .await;
    assert_eq!(counts(&report), [2, 0, 0, 0]);
    assert!(!report.has_refusals());
    let mut told = problems(&report);
    told.sort();
    let mut expected = vec![
        "line 2: shirt: warning: Image Src \"ftp://x/1.jpg\" is neither http(s)://… nor below /media/; left out",
        "line 2: shirt: warning: the compare-at price 20.00 is not above the price; left out",
        "line 2: shirt: warning: the stock -4 is below zero; taken as 0",
        "line 3: shirt: warning: Image Src \"/media/../../etc/passwd\" is neither http(s)://… nor below /media/; left out",
        "line 3: shirt: warning: the SKU A is on line 2 too",
        "line 4: shirt: warning: another product has this handle since line 2; its words are kept",
        "line 5: uber-lamp: warning: the handle \"Über Lamp\" is kept as \"uber-lamp\"",
    ];
    expected.sort_unstable();
    assert_eq!(told, expected);
    let shirt = shown(&shop, "shirt").await;
    assert_eq!(each(&shirt, "sku"), [&json!("A"), &json!("A"), &Value::Null]);
    assert_eq!(each(&shirt, "quantityAvailable"), [&json!(0), &json!(2), &Value::Null], "no tracker: not counted");
    assert_eq!(each(&shirt, "compareAtPrice"), [&Value::Null, &json!({ "amount": "25.0" }), &Value::Null]);
    assert_eq!(shirt["title"], "Shirt");
}

#[tokio::test]
async fn columns_may_come_in_any_order_with_others_between_and_a_byte_order_mark() {
    let shop = TestShop::still().await;
    let file = "\u{feff}Gift Card,variant price,TITLE,Handle,Cost per item,Body (HTML),Tags,Vendor,Variant Grams,Variant Barcode,Variant Inventory Policy,Status,Published\r\n\
false,9.99,Mug,mug,3,\"<p>One,\n\"\"two\"\"</p><script>x()</script><p style='x'>three</p>\",\"red, Red, , blue\",Kiln,250.6,'0123,continue,active,TRUE\r\n\
false,9.99,Cup,cup,3,,,,,,,draft,true\r\n\
false,9.99,Jug,jug,3,,,,,,,active,false\r\n";
    let report = import(&shop, file).await;
    assert_eq!((counts(&report), problems(&report)), ([3, 0, 0, 0], vec![]));
    assert_eq!(report.unused_columns, ["Cost per item"]);
    let mug = shown(&shop, "mug").await;
    assert_eq!(mug["description"], "One, \"two\" three");
    assert!(!mug["descriptionHtml"].to_string().contains("script"));
    assert_eq!((&mug["tags"], &mug["vendor"]), (&json!(["blue", "red"]), &json!("Kiln")));
    assert_eq!((each(&mug, "barcode"), each(&mug, "weight")), (vec![&json!("0123")], vec![&json!(251.0)]));
    assert_eq!((shown(&shop, "cup").await, shown(&shop, "jug").await), (Value::Null, Value::Null));
}

#[tokio::test]
async fn a_product_that_cannot_be_taken_leaves_nothing_of_itself() {
    let shop = TestShop::still().await;
    let many: String =
        (0..251).map(|n| format!("big,{},Number,{n},,,1,5,,,\n", if n == 0 { "Big" } else { "" })).collect();
    let report = rows(
        &shop,
        &format!(
            "{many}ghost,,Size,S,,,1,5,,,\nfree,Free,Size,S,,,1,,,,\n{},Long,,,,,1,5,,,\nlamp,Lamp,,,,,1,5,,,\n",
            "x".repeat(3)
        ),
    )
    .await;
    assert_eq!(counts(&report), [2, 0, 0, 3]);
    assert_eq!(
        problems(&report),
        [
            "line 252: big: refused: more than 250 variants",
            "line 253: ghost: refused: no row has the product's title",
            "line 254: free: refused: the price is missing",
            "line 254: free: refused: no row gives it a variant",
        ]
    );
    for table in ["variant", "stock_level", "stock_movement", "product"] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        let backend = shop.app.database.backend();
        let row = shop.app.database.reader().query_one_raw(sea_orm::Statement::from_string(backend, sql)).await;
        let count: i64 = row.expect("counted").expect("a row").try_get("", "n").expect("a number");
        assert_eq!(count, 2, "{table}");
    }
}

#[tokio::test]
async fn a_product_whose_stock_cannot_be_set_is_refused_alone() {
    let shop = TestShop::still().await;
    let file = "lamp,Lamp,,,,shopify,5,5,,,\nvase,Vase,,,,shopify,5,5,,,\n";
    rows(&shop, file).await;
    let held = "UPDATE stock_level SET reserved = 3 WHERE variant_id = (SELECT v.id FROM variant v JOIN product p ON p.id = v.product_id WHERE p.handle = 'lamp')";
    shop.app.database.reader().execute_unprepared(held).await.expect("held");
    let file = format!("{HEADER}\n{}", file.replace(",5,5,", ",2,6,"));
    let options = Options { set_stock: true, ..Options::default() };
    let report = import_bytes(&shop, file.as_bytes(), &options).await.expect("imported");
    assert_eq!(counts(&report), [0, 1, 0, 1]);
    assert!(
        problems(&report)[0].starts_with("line 2: lamp: refused: stock: 3 units are held"),
        "{:?}",
        problems(&report)
    );
    assert_eq!(shown(&shop, "lamp").await["variants"]["nodes"][0]["price"]["amount"], "5.0");
    assert_eq!(shown(&shop, "vase").await["variants"]["nodes"][0]["price"]["amount"], "6.0");
}

#[tokio::test]
async fn a_product_gets_options_but_other_options_are_refused() {
    let shop = TestShop::still().await;
    rows(&shop, "lamp,Lamp,,,,,1,5,,,\n").await;
    let grown = rows(&shop, "lamp,Lamp,Color,Red,,,1,5,,,\nlamp,,,Blue,,,1,6,,,\n").await;
    assert_eq!((counts(&grown), grown.variants_created), ([0, 1, 0, 0], 1));
    assert_eq!(each(&shown(&shop, "lamp").await, "title"), ["Red", "Blue"]);
    let renamed = rows(&shop, "lamp,Lamp,Shade,Red,,,1,5,,,\n").await;
    assert_eq!(counts(&renamed), [0, 1, 0, 0]);
    let two = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Price\nlamp,Lamp,Shade,Red,Size,S,5\n";
    let refused = import(&shop, two).await;
    assert_eq!(
        problems(&refused),
        ["line 2: lamp: refused: the product has the options Shade, the file Shade, Size; change its options first"]
    );
}

#[tokio::test]
async fn what_is_no_product_file_is_refused_and_other_encodings_row_by_row() {
    let shop = TestShop::still().await;
    let options = Options::default();
    assert!(matches!(import_bytes(&shop, b"PK\x03\x04\xff\xfe\x00zip", &options).await, Err(ImportError::NotUtf8)));
    assert!(matches!(import_bytes(&shop, b"", &options).await, Err(ImportError::NoHandleColumn)));
    assert!(matches!(import_bytes(&shop, b"Handle;Title\nx;X\n", &options).await, Err(ImportError::NoHandleColumn)));
    let latin = [
        format!("{HEADER}\ncafe,Caf").as_bytes(),
        b"\xe9",
        b",,,,,1,5,,,\nlamp,Lamp,,,,,1,5,,,\nnul,a\0b,,,,,1,5,,,\n",
    ]
    .concat();
    let report = import_bytes(&shop, &latin, &options).await.expect("imported");
    assert_eq!((counts(&report), report.rows_refused), ([1, 0, 0, 0], 2));
    assert_eq!(
        problems(&report),
        [
            "line 2: refused: cell 2 is not UTF-8; save the file as UTF-8",
            "line 4: refused: cell 2 holds the character NUL",
        ]
    );
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing() {
    let shop = TestShop::still().await;
    let file = format!("{HEADER}\nlamp,Lamp,,,,,-1,5,,,\n");
    let dry = Options { dry_run: true, ..Options::default() };
    let told = import_bytes(&shop, file.as_bytes(), &dry).await.expect("looked through");
    assert_eq!(shown(&shop, "lamp").await, Value::Null);
    assert_eq!(told, import(&shop, &file).await);
    assert_eq!(counts(&told), [1, 0, 0, 0]);
}

#[tokio::test]
async fn the_demo_shop_loads_whole_and_loading_it_again_changes_nothing() {
    let shop = TestShop::still().await;
    let loaded = cartwright::demo::load(&shop.app).await.expect("loaded");
    assert!(loaded.products >= 60 && loaded.collections >= 5, "{loaded:?}");
    let query = "{ shop { name } collections(first: 50) { nodes { image { width } products(first: 1) { nodes {
        featuredImage { width height url } } } } } }";
    let answer = shop.guest(query, json!({})).await;
    assert_ne!(answer.text("/shop/name"), "My shop");
    for collection in answer.at("/collections/nodes").as_array().expect("collections") {
        let picture = &collection["products"]["nodes"][0]["featuredImage"];
        assert!(picture["width"].is_i64() && picture["height"].is_i64(), "{collection}");
    }
    let facts = outbox_event::Entity::find().count(shop.app.database.reader()).await.expect("counted");
    assert_eq!(cartwright::demo::load(&shop.app).await.expect("loaded again"), loaded);
    assert_eq!(outbox_event::Entity::find().count(shop.app.database.reader()).await.expect("counted"), facts);
}

/// A file of messy rows, the same for the same seed.
fn messy(seed: u64) -> String {
    use rand::{Rng, SeedableRng, rngs::StdRng};

    let mut random = StdRng::seed_from_u64(seed);
    let mut file = format!("{HEADER}\n");
    for _ in 0..40 {
        let mut pick = |cells: &[&str]| cells[random.random_range(0..cells.len())].to_owned();
        let cells = [
            pick(&["a", "b", "c", "D d", "é"]),
            pick(&["", "", "Title", "Other"]),
            pick(&["", "Size", "Size", "Title"]),
            pick(&["", "S", "M", "s", "L", "Default Title"]),
            pick(&["", "K1", "'K2", "K3"]),
            pick(&["", "shopify"]),
            pick(&["", "5", "-5", "x"]),
            pick(&["", "5", "5.50", "0.005", "7"]),
            pick(&["", "6", "1", "-"]),
            pick(&["", "https://x.example/1.jpg", "https://x.example/2.jpg", "../x"]),
            pick(&["", "1", "2", "x"]),
        ];
        file.push_str(&cells.join(","));
        file.push('\n');
    }
    file
}

#[tokio::test]
async fn any_file_imported_again_finds_everything_as_it_left_it() {
    let shop = TestShop::still().await;
    let mut products = 0;
    for seed in 0..25 {
        let file = messy(seed);
        let first = import(&shop, &file).await;
        let second = import(&shop, &file).await;
        let taken = first.created + first.updated + first.unchanged;
        assert_eq!(counts(&second), [0, 0, taken, first.refused], "seed {seed}:\n{file}\n{first}\n{second}");
        assert_eq!(second.rows_refused, first.rows_refused, "seed {seed}");
        products += taken;
    }
    assert!(products > 50, "the files are not so messy that nothing is taken: {products}");
}
