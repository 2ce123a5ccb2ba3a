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
let mayLeave: (() => Promise<boolean>) | undefined;
/** Which entry of this visit's history is shown; entries carry their number as state. */
let entry = 0;

/** Asks `ask` before another page comes, until the returned function is called. One page asks at a time. */
export function holdBack(ask: () => Promise<boolean>): () => void {
  mayLeave = ask;
  return () => {
    if (mayLeave === ask) mayLeave = undefined;
  };
}

/** With `replace` nobody is asked: the visitor is sent on, and has not chosen to go. */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  const stays = new URL(path, location.href).pathname === location.pathname;
  if (options.replace || stays || !mayLeave) enter(path, options.replace);
  else void mayLeave().then((leave) => leave && enter(path));
  // The page that stays reads its address anew, as after going back.
  if (stays) dispatchEvent(new Event("popstate"));
}

/** Writes what the page shows into the address; the page stays. */
export function replaceAddress(path: string): void {
  history.replaceState({ entry }, "", path);
}

function enter(path: string, replace?: boolean): void {
  if (!replace) entry += 1;
  if (replace) replaceAddress(path);
  else history.pushState({ entry }, "", path);
  render(new URL(location.href));
}

/** Back, forward, or a link to a place in the page. */
async function moved(shown: URL): Promise<void> {
  const to = numberOf(history.state);
  if (to === undefined) {
    // The browser made this entry, for a place in the page.
    entry += 1;
    replaceAddress(location.href);
    return render(new URL(location.href));
  }
  const steps = to - entry;
  if (steps === 0) return;
  if (mayLeave && location.pathname !== shown.pathname) {
    // The address has moved already: it goes back while the visitor is asked.
    history.go(-steps);
    if (!(await mayLeave())) return;
    mayLeave = undefined;
    return history.go(steps);
  }
  entry = to;
  render(new URL(location.href));
}

function numberOf(state: unknown): number | undefined {
  const number = (state as { entry?: unknown } | null)?.entry;
  return typeof number === "number" ? number : undefined;
}

/** Calls `onVisit` now and whenever the address changes; plain clicks on links of this origin stay in the page. */
export function startRouter(onVisit: (url: URL) => void): void {
  let shown = new URL(location.href);
  render = (url) => {
    shown = url;
    onVisit(url);
  };
  entry = numberOf(history.state) ?? 0;
  replaceAddress(location.href);
  addEventListener("popstate", () => void moved(shown));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  });
  render(shown);
}
