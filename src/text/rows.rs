//! Rows as a file for spreadsheets. `csv` writes them.

/// The rows, all as long as the first, with a byte-order mark: spreadsheets then read é and £
/// as they are. Who gives the cells has made sure that none is taken for a formula.
pub fn write(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    for row in rows {
        writer.write_record(&row).expect("all rows are as long as the first");
    }
    let bytes = writer.into_inner().expect("memory does not fail");
    String::from_utf8(bytes).expect("it was made of text")
}
