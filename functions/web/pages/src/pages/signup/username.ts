// A username to begin with, made of what else is typed.

interface Typed {
  firstName: string;
  lastName: string;
  email: string;
}

const MOST = 50;

/** Letters that do not come apart into a plain one and its mark. */
const plain: Readonly<Record<string, string>> = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i",
};

/** Empty when nothing in it can be part of a username. */
export function suggestUsername({ firstName, lastName, email }: Typed): string {
  const [mailbox = ""] = email.trim().split(/[@+]/);
  return allowed(mailbox) || allowed(`${firstName.trim()}.${lastName.trim()}`);
}

function allowed(text: string): string {
  const letters = text.normalize("NFKD").toLowerCase().replace(/[^\u0000-\u007f]/g, (letter) => plain[letter] ?? "");
  return letters
    .replace(/\s+/g, ".")
    .replace(/[^a-z0-9_.-]/g, "")
    .replace(/([_.-])[_.-]+/g, "$1")
    .slice(0, MOST)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
}
