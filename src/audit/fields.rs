//! Fields: what people fill in, tick and choose from. Several rules ask about
//! them.

use super::Element;

/// Roles of fields.
#[rustfmt::skip] // a list of words reads better in lines
pub(super) const ROLES: &[&str] = &[
    "checkbox", "combobox", "listbox", "menuitemcheckbox", "menuitemradio", "radio", "searchbox",
    "slider", "spinbutton", "switch", "textbox",
];

/// Types of `<input>` that have no role of their own and are fields all the same.
const WITHOUT_ROLE: &[&str] =
    &["color", "date", "datetime-local", "file", "month", "password", "time", "week"];

/// Whether people fill in, tick or choose here.
pub(super) fn is_field(element: Element<'_>) -> bool {
    element.role().is_some_and(|role| ROLES.contains(&role)) || has_no_role(element)
}

/// A field for which HTML knows no role, such as one for a date or a password.
pub(super) fn has_no_role(element: Element<'_>) -> bool {
    element.is("input")
        && element.role().is_none()
        && WITHOUT_ROLE.contains(&input_type(element).as_str())
}

/// The `type` of an `<input>`, in small letters.
pub(super) fn input_type(element: Element<'_>) -> String {
    element.attr("type").unwrap_or("text").trim().to_ascii_lowercase()
}

/// What people would call it.
pub(super) fn kind(element: Element<'_>) -> &'static str {
    match element.role() {
        Some("checkbox" | "menuitemcheckbox") => "tick box",
        Some("radio" | "menuitemradio") => "radio button",
        Some("combobox" | "listbox") => "list to choose from",
        Some("searchbox") => "search field",
        Some("slider") => "slider",
        Some("spinbutton") => "number field",
        Some("switch") => "switch",
        Some("textbox") => "text field",
        _ => match input_type(element).as_str() {
            "password" => "password field",
            "file" => "field for a file",
            "color" => "field for a colour",
            "time" => "field for a time",
            _ => "field for a date",
        },
    }
}
