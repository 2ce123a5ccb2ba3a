use super::Accent;

/// How a deployment's mails look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// The deployment's name (`appName`).
    pub app_name: String,
    /// The deployment's address (`https://id.example.com`).
    pub app_url: String,
    /// The colour of the button.
    pub accent: Accent,
    /// A PNG or JPEG picture on the web, shown above the text; the name stands beside it in any
    /// case, because most readers load no pictures.
    pub logo_url: Option<String>,
}
