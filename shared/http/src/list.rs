use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::Problem;
use crate::routes::App;

/// The query of a list: page, order and search. Whatever a list does not know is passed over,
/// never refused.
#[derive(Debug, Clone, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListParameters {
    /// Which page, from 1.
    #[param(rename = "pagination[page]", value_type = Option<u32>, default = 1)]
    pub page: u32,
    /// Items a page, 1–100.
    #[param(rename = "pagination[limit]", value_type = Option<u32>, default = 20)]
    pub limit: u32,
    /// The column to order by, as the client names it.
    #[param(rename = "sort[column]", value_type = Option<String>)]
    pub sort_column: String,
    /// Whether the order is descending: `desc`; anything else is ascending.
    #[param(rename = "sort[direction]", value_type = Option<String>, default = "asc")]
    pub descending: bool,
    /// What to look for; empty: everything.
    #[param(value_type = Option<String>)]
    pub search: String,
    /// Where an earlier page ended, as its `nextCursor` said; goes before the page's number.
    #[param(rename = "pagination[cursor]")]
    pub cursor: Option<String>,
    /// As which kind of file, where the route offers several.
    #[param(ignore)]
    pub format: Option<String>,
    /// Whether what has expired is listed, too, where the list leaves it out.
    #[param(ignore)]
    pub include_expired: bool,
    #[param(ignore)]
    filters: Vec<(String, String)>,
}

/// What a list that is in pages takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, read by `ListParameters`")]
pub struct Paging {
    /// Which page, from 1.
    #[param(rename = "pagination[page]", default = 1)]
    page: Option<u32>,
    /// Items a page, 1–100.
    #[param(rename = "pagination[limit]", default = 20)]
    limit: Option<u32>,
    /// Where an earlier page ended, as its `nextCursor` said; goes before the page's number.
    #[param(rename = "pagination[cursor]")]
    cursor: Option<String>,
}

/// What a list that can be ordered takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, read by `ListParameters`")]
pub struct Sorting {
    /// The column to order by, as the client names it.
    #[param(rename = "sort[column]")]
    sort_column: Option<String>,
    /// Whether the order is descending: `desc`; anything else is ascending.
    #[param(rename = "sort[direction]", default = "asc")]
    direction: Option<String>,
}

impl ListParameters {
    fn parse(query: &str) -> Self {
        let mut parameters = Self {
            page: 1,
            limit: 20,
            sort_column: String::new(),
            descending: false,
            search: String::new(),
            cursor: None,
            format: None,
            include_expired: false,
            filters: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "pagination[page]" => parameters.page = number(&value, 1, u32::MAX, 1),
                "pagination[limit]" => parameters.limit = number(&value, 1, 100, 20),
                "sort[column]" => parameters.sort_column = value.into_owned(),
                "sort[direction]" => parameters.descending = value == "desc",
                "search" => parameters.search = search_term(&value),
                "pagination[cursor]" => parameters.cursor = Some(value.into_owned()),
                "format" => parameters.format = Some(value.into_owned()),
                "includeExpired" => parameters.include_expired = value == "true",
                _ => parameters.filters.extend(filter(&name, &value)),
            }
        }
        let cursor = parameters.cursor.as_deref().and_then(|cursor| cursor.strip_prefix('p'));
        if let Some(page) = cursor.and_then(|page| page.parse().ok()).filter(|page| *page > 0) {
            parameters.page = page;
        }
        parameters
    }

    /// The values that a column is filtered by, one of which is to match; none: not filtered.
    pub fn filter<'a>(&'a self, column: &'a str) -> impl Iterator<Item = &'a str> {
        self.filters.iter().filter(move |(name, _)| name == column).map(|(_, value)| value.as_str())
    }

    /// A filter over a flag. Asking for both, or for what is no flag, filters nothing.
    pub fn flag(&self, column: &str) -> Option<bool> {
        let asked = |flag: &str| self.filter(column).any(|value| value == flag);
        match (asked("true"), asked("false")) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// `filters[column]` or `filters[column][0]`.
fn filter(name: &str, value: &str) -> Option<(String, String)> {
    let (column, _index) = name.strip_prefix("filters[")?.split_once(']')?;
    Some((column.to_owned(), value.to_owned()))
}

/// What people can have typed: no control characters, no space around it, composed as names are.
fn search_term(text: &str) -> String {
    domain::nfc(text.chars().filter(|c| !c.is_control()).collect::<String>().trim())
}

/// A number kept within bounds; text that is none gives the default.
fn number(text: &str, min: u32, max: u32, default: u32) -> u32 {
    text.parse::<i64>().map_or(default, |number| {
        u32::try_from(number.clamp(min.into(), max.into())).unwrap_or(default)
    })
}

impl FromRequestParts<App> for ListParameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

/// The envelope of a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Listing<T> {
    data: Vec<T>,
    pagination: Pagination,
    /// Where the next page begins, if there is one.
    next_cursor: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    total_pages: u32,
    total_items: u32,
    current_page: u32,
    items_per_page: u32,
    /// Whether `totalItems` counts everything; else there are at least so many.
    total_is_exact: bool,
}

impl<T> Listing<T> {
    /// A page of `total` items; a page past the end is the last one, as the store clamps it. The
    /// cursor to the next one is its number.
    pub fn page(data: Vec<T>, total: u32, parameters: &ListParameters) -> Self {
        let total_pages = total.div_ceil(parameters.limit).max(1);
        let current_page = parameters.page.min(total_pages);
        Self {
            data,
            pagination: Pagination {
                total_pages,
                total_items: total,
                current_page,
                items_per_page: parameters.limit,
                total_is_exact: true,
            },
            next_cursor: (current_page < total_pages).then(|| format!("p{}", current_page + 1)),
        }
    }

    /// The same page with the way to the next one.
    #[must_use]
    pub fn followed_by(mut self, next_cursor: Option<String>, total_is_exact: bool) -> Self {
        self.pagination.total_is_exact = total_is_exact;
        self.next_cursor = next_cursor;
        self
    }

    /// A list that is always shown whole.
    pub fn whole(data: Vec<T>) -> Self {
        let total = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let pagination = Pagination {
            total_pages: 1,
            total_items: total,
            current_page: 1,
            items_per_page: total.max(20),
            total_is_exact: true,
        };
        Self { data, pagination, next_cursor: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_and_limit(query: &str) -> (u32, u32) {
        let parameters = ListParameters::parse(query);
        (parameters.page, parameters.limit)
    }

    #[test]
    fn paging_is_kept_within_bounds_and_never_refused() {
        assert_eq!(page_and_limit(""), (1, 20));
        assert_eq!(page_and_limit("pagination[page]=3&pagination[limit]=50"), (3, 50));
        assert_eq!(page_and_limit("pagination%5Bpage%5D=0&pagination%5Blimit%5D=1000"), (1, 100));
        assert_eq!(page_and_limit("pagination[page]=-7&pagination[limit]=0"), (1, 1));
        assert_eq!(page_and_limit("pagination[page]=x&pagination[limit]=99999999999"), (1, 100));
    }

    #[test]
    fn anything_but_desc_is_ascending() {
        assert!(ListParameters::parse("sort[direction]=desc").descending);
        assert!(!ListParameters::parse("sort[direction]=DESC").descending);
    }

    #[test]
    fn filters_are_read_in_both_notations() {
        let query =
            "filters[isAdmin]=true&filters[event][0]=a&filters%5Bevent%5D%5B1%5D=b&filters[";
        let parameters = ListParameters::parse(query);
        assert_eq!(parameters.flag("isAdmin"), Some(true));
        assert_eq!(parameters.filter("event").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(parameters.flag("disabled"), None);
        let both = ListParameters::parse("filters[x][0]=true&filters[x][1]=false");
        assert_eq!(both.flag("x"), None);
    }

    #[test]
    fn a_cursor_may_be_the_number_of_a_page() {
        let parameters = ListParameters::parse("pagination[cursor]=p3&pagination[page]=7");
        let next = |total| Listing::<u8>::page(Vec::new(), total, &parameters).next_cursor;
        assert_eq!((parameters.page, next(61).as_deref(), next(60)), (3, Some("p4"), None));
        for cursor in ["p0", "p-1", "p", "px", "i3", "17"] {
            assert_eq!(page_and_limit(&format!("pagination[cursor]={cursor}")), (1, 20));
        }
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let listing = Listing::<u8>::page(Vec::new(), 0, &ListParameters::parse(""));
        assert_eq!(listing.pagination.total_pages, 1);
    }
}
