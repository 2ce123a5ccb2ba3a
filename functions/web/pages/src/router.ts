// Routes, links and history. A page is loaded when it is first visited, so
// nobody downloads a page that they can't see.

import type { Component } from "svelte";

export interface Route {
  /** `/lc/:code`: a part that begins with a colon is handed to the page as a property. */
  path: string;
  /** Who may see it. Code of a page is loaded only after this is checked. */
  for: "anyone" | "user" | "admin";
  page: () => Promise<{ default: Component<any> }>;
}

export interface Match {
  route: Route;
  parameters: Record<string, string>;
}

export function match(routes: readonly Route[], pathname: string): Match | undefined {
  const given = parts(pathname);
  for (const route of routes) {
    const wanted = parts(route.path);
    if (wanted.length !== given.length) continue;
    const parameters: Record<string, string> = {};
    const fits = wanted.every((part, index) => {
      const value = given[index]!;
      if (!part.startsWith(":")) return part === value;
      parameters[part.slice(1)] = value;
      return true;
    });
    if (fits) return { route, parameters };
  }
  return undefined;
}

function parts(pathname: string): string[] {
  return pathname.split("/").filter(Boolean).map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

let render: (url: URL) => void = () => {};

export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  render(new URL(location.href));
}

/** Calls `onVisit` now and whenever the address changes; plain clicks on links of this origin stay in the page. */
export function startRouter(onVisit: (url: URL) => void): void {
  render = onVisit;
  addEventListener("popstate", () => render(new URL(location.href)));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  });
  render(new URL(location.href));
}
