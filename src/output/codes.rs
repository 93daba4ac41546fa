//! Codes that phones read (QR codes), for each short link: for posters, letters and leaflets.
//! The only file that names qrcode.

use qrcode::{Color, EcLevel, QrCode};

use super::{Bytes, Done, Files, Output, Plan};
use crate::model::Site;

pub(super) const OUTPUT: Output = Output { name: "the code of a short link", paths, files };

/// The quiet space around a code, in modules. Source: ISO/IEC 18004, 9.1.
const QUIET: usize = 4;

fn paths(plan: &Plan<'_>) -> Vec<String> {
    folders(plan.site, &plan.config.base).map(|folder| format!("{folder}code.svg")).collect()
}

/// A picture for each short link, when the site says where it will be published.
fn files(done: &Done<'_>) -> Files {
    let base = &done.world.config.base;
    let made = folders(done.world.site, base).filter_map(|folder| {
        let picture = picture(&format!("{base}{folder}"))?;
        Some((format!("{folder}code.svg"), Bytes::from(picture)))
    });
    made.collect()
}

/// The address of each short link below `base`; none when that is not known.
fn folders(site: &Site, base: &str) -> impl Iterator<Item = String> {
    let pages = if base.is_empty() { &[] } else { site.pages.as_slice() };
    let shorts = pages.iter().map(|page| page.short.trim_start_matches('/').to_owned());
    shorts.filter(|short| !short.is_empty())
}

/// A code as a picture, dark on white whatever the page around it: cameras need that.
/// Nothing when the address is longer than a code can hold.
fn picture(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (at, row) in code.to_colors().chunks(width).enumerate() {
        let mut from = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                path +=
                    &format!("M{} {}h{}v1h-{}z", from + QUIET, at + QUIET, run.len(), run.len());
            }
            from += run.len();
        }
    }
    let mut title = String::new();
    crate::html::escape(&mut title, address);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{px}\" \
         height=\"{px}\" role=\"img\"><title>{title}</title><path fill=\"#fff\" \
         d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>\n",
        px = side * 8,
    ))
}
