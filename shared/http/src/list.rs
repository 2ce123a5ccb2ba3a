use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::Serialize;

use crate::Problem;
use crate::routes::App;

/// The query of a list: page, order and search. Whatever a list does not know is passed over,
/// never refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListParameters {
    /// Which page, from 1.
    pub page: u32,
    /// Items a page, 1–100.
    pub limit: u32,
    /// The column to order by, as the client names it.
    pub sort_column: String,
    /// Whether the order is descending.
    pub descending: bool,
    /// What to look for; empty: everything.
    pub search: String,
}

impl ListParameters {
    fn parse(query: &str) -> Self {
        let mut parameters = Self {
            page: 1,
            limit: 20,
            sort_column: String::new(),
            descending: false,
            search: String::new(),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "pagination[page]" => parameters.page = number(&value, 1, u32::MAX, 1),
                "pagination[limit]" => parameters.limit = number(&value, 1, 100, 20),
                "sort[column]" => parameters.sort_column = value.into_owned(),
                "sort[direction]" => parameters.descending = value == "desc",
                "search" => parameters.search = search_term(&value),
                _ => {}
            }
        }
        parameters
    }
}

/// What people can have typed: no control characters, no space around it.
fn search_term(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
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
#[derive(Debug, Serialize)]
pub struct Listing<T> {
    data: Vec<T>,
    pagination: Pagination,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    total_pages: u32,
    total_items: u32,
    current_page: u32,
    items_per_page: u32,
}

impl<T> Listing<T> {
    /// A page of `total` items; a page past the end is the last one, as the store clamps it.
    pub fn page(data: Vec<T>, total: u32, parameters: &ListParameters) -> Self {
        let total_pages = total.div_ceil(parameters.limit).max(1);
        Self {
            data,
            pagination: Pagination {
                total_pages,
                total_items: total,
                current_page: parameters.page.min(total_pages),
                items_per_page: parameters.limit,
            },
        }
    }

    /// A list that is always shown whole.
    pub fn whole(data: Vec<T>) -> Self {
        let total = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let pagination = Pagination {
            total_pages: 1,
            total_items: total,
            current_page: 1,
            items_per_page: total.max(20),
        };
        Self { data, pagination }
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
    fn an_empty_list_has_one_page() {
        let listing = Listing::<u8>::page(Vec::new(), 0, &ListParameters::parse(""));
        assert_eq!(listing.pagination.total_pages, 1);
    }
}
