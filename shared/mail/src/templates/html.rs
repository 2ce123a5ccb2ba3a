use super::block::{Block, Content};
use super::value::value;
use super::{Appearance, en};

/// A document that is being written. Markup comes from this file alone; whatever else goes in is
/// escaped, and there is no other way in.
struct Page(String);

impl Page {
    fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text, or the value of an attribute in double quotes.
    fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(c),
            }
        }
        self
    }

    fn block(&mut self, block: &Block, colors: &Colors) {
        match block {
            Block::Say(phrase) => {
                self.markup(SAY).text(&phrase.filled()).markup("</p>\n");
            }
            Block::Aside(phrase) => {
                self.markup(ASIDE).text(&phrase.filled()).markup("</p>\n");
            }
            Block::Code(code) => {
                self.markup(CODE).text(&value(code)).markup("</p>\n");
            }
            Block::Button { label, link } => self.button(label, &value(link), colors),
            Block::Facts(facts) => self.facts(facts),
        }
    }

    /// A cell with a background, because Outlook draws no padding around a link.
    fn button(&mut self, label: &str, link: &str, colors: &Colors) {
        self.markup(BUTTON_CELL).text(&colors.by_day).markup(BUTTON_STYLE).text(&colors.by_day);
        self.markup(BUTTON_LINK).text(link).markup(BUTTON_LABEL).text(label);
        self.markup("</a></td></tr></table>\n");
        self.markup(SMALL).text(en::ADDRESS_INSTEAD).markup("<br>\n<a class=\"plain\" href=\"");
        self.text(link).markup(ADDRESS).text(link).markup("</a></p>\n");
    }

    fn facts(&mut self, facts: &[(&'static str, String)]) {
        self.markup(FACTS);
        for (name, known) in facts {
            self.markup(FACT_NAME).text(name).markup(FACT).text(&value(known));
            self.markup("</td></tr>\n");
        }
        self.markup("</table>\n");
    }
}

struct Colors {
    by_day: String,
    by_night: String,
}

/// The mail as an HTML document: one column of at most 600 pixels in tables with styles of their own,
/// as mail programs need it. Without pictures it lacks nothing.
pub(super) fn html(content: &Content, appearance: &Appearance) -> String {
    let accent = appearance.accent;
    let colors = Colors { by_day: accent.by_day(), by_night: accent.by_night() };
    let app = value(&appearance.app_name);
    let mut page = Page(String::with_capacity(8 * 1024));
    page.markup("<!DOCTYPE html>\n<html lang=\"").text(en::LANGUAGE).markup(HEAD);
    page.text(&content.subject.filled()).markup(STYLE).text(&colors.by_night).markup(BODY);
    page.text(&content.preview.filled()).markup(TOP).text(&colors.by_day).markup(HEADER);
    if let Some(logo) = &appearance.logo_url {
        page.markup(LOGO).text(logo).markup(LOGO_END);
    }
    page.text(&app).markup(PANEL);
    for block in &content.blocks {
        page.block(block, &colors);
    }
    page.markup(FOOTER).text(&en::footer(&appearance.app_name).filled()).markup("<br>\n");
    page.markup("<a class=\"plain\" href=\"").text(&value(&appearance.app_url)).markup(ADDRESS);
    page.text(&value(&appearance.app_url)).markup(END);
    page.0
}

const HEAD: &str = "\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<meta name=\"color-scheme\" content=\"light dark\">\n\
<meta name=\"supported-color-schemes\" content=\"light dark\">\n\
<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no\">\n<title>";

const STYLE: &str = "</title>\n<style>\n:root { color-scheme: light dark; }\n\
@media (max-width: 480px) {\n\
  .wall { padding: 16px 8px !important; }\n  .panel { padding: 24px 20px !important; }\n\
  .name, .footer { padding-left: 20px !important; padding-right: 20px !important; }\n}\n\
@media (prefers-color-scheme: dark) {\n\
  body, .wall { background: #0e1311 !important; }\n\
  .sheet { background: #161d1a !important; }\n\
  .panel, .name, .fact { color: #e7ede8 !important; }\n\
  .soft { color: #a3b0a8 !important; }\n\
  .plain { color: #e7ede8 !important; }\n\
  .code { background: #1e2723 !important; color: #e7ede8 !important; border-color: #2c3631 !important; }\n\
  .rule { border-color: #2c3631 !important; }\n\
  .button, .button a { color: #0b1512 !important; }\n\
  .button, .band { background: ";

const BODY: &str = " !important; }\n}\n</style>\n</head>\n\
<body style=\"margin:0; padding:0; background:#e8eae6; -webkit-text-size-adjust:100%;\">\n\
<div style=\"display:none; max-height:0; overflow:hidden;\">";

const TOP: &str = "</div>\n\
<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n\
<tr><td class=\"wall\" align=\"center\" style=\"padding:32px 16px; background:#e8eae6;\">\n\
<table role=\"presentation\" class=\"sheet\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
border=\"0\" style=\"max-width:600px; table-layout:fixed; background:#fcfdfb;\">\n\
<tr><td class=\"band\" style=\"height:4px; line-height:4px; font-size:0; background:";

const HEADER: &str = ";\">&nbsp;</td></tr>\n<tr><td class=\"name\" style=\"padding:28px 32px 0; \
font:600 17px/1.4 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif; color:#1a201d; \
overflow-wrap:anywhere;\">";

const LOGO: &str = "<img src=\"";
const LOGO_END: &str = "\" alt=\"\" height=\"32\" style=\"height:32px; width:auto; border:0; \
vertical-align:middle; margin-right:12px;\">";

const PANEL: &str = "</td></tr>\n<tr><td class=\"panel\" style=\"padding:20px 32px 28px; \
font:400 16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif; color:#1a201d; \
overflow-wrap:anywhere; word-break:break-word;\">\n";

const SAY: &str = "<p style=\"margin:0 0 16px;\">";
const SMALL: &str = "<p class=\"soft\" style=\"margin:0 0 20px; font-size:14px; color:#525c56;\">";
const ASIDE: &str = "<p class=\"soft\" style=\"margin:0; font-size:14px; color:#525c56;\">";
const CODE: &str = "<p class=\"code\" style=\"margin:0 0 16px; padding:14px 16px; \
font:600 24px/1.3 ui-monospace,Consolas,'Courier New',monospace; letter-spacing:3px; \
text-align:center; background:#f3f5f1; border:1px solid #d9ddd7;\">";

const BUTTON_CELL: &str = "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" \
border=\"0\" style=\"margin:0 0 16px;\"><tr><td class=\"button\" bgcolor=\"";
const BUTTON_STYLE: &str = "\" style=\"border-radius:4px; background:";
const BUTTON_LINK: &str = ";\"><a href=\"";
const BUTTON_LABEL: &str = "\" style=\"display:inline-block; padding:12px 24px; \
font:600 16px/1.3 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif; color:#ffffff; \
text-decoration:none;\">";
const ADDRESS: &str = "\" style=\"color:#1a201d; word-break:break-all;\">";

const FACTS: &str = "<table role=\"presentation\" class=\"rule\" width=\"100%\" cellpadding=\"0\" \
cellspacing=\"0\" border=\"0\" style=\"margin:4px 0 20px; border-top:1px solid #d9ddd7; \
border-bottom:1px solid #d9ddd7; padding:8px 0;\">\n";
const FACT_NAME: &str = "<tr><td class=\"soft\" valign=\"top\" width=\"96\" \
style=\"padding:3px 12px 3px 0; font-size:14px; color:#525c56;\">";
const FACT: &str = "</td><td class=\"fact\" valign=\"top\" style=\"padding:3px 0; font-size:14px; \
color:#1a201d; overflow-wrap:anywhere;\">";

const FOOTER: &str = "</td></tr>\n</table>\n\
<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
style=\"max-width:600px; table-layout:fixed;\">\n\
<tr><td class=\"footer soft\" style=\"padding:16px 32px 0; \
font:400 13px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif; color:#525c56; \
overflow-wrap:anywhere;\">";
const END: &str = "</a></td></tr>\n</table>\n</td></tr>\n</table>\n</body>\n</html>\n";
