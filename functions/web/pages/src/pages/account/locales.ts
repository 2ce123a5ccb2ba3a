// Languages to choose from, each by its own name.

const tags = [
  "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko",
  "lt", "lv", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/** All of them, and `current` if it is another one. */
export function locales(current: string): { value: string; label: string }[] {
  const all = current && !tags.includes(current) ? [current, ...tags] : tags;
  return all.map((value) => ({ value, label: nameOf(value) }));
}

function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: "language", languageDisplay: "standard" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
