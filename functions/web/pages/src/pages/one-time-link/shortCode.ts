/** The code that stands for a link on another device, in what a person typed; as it is shown: `28T5-CY4G`. */
export function readShortCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : undefined;
}

/** As a screen reader says it, character by character. */
export const spelled = (code: string) => [...code.replace("-", "")].join(" ");
