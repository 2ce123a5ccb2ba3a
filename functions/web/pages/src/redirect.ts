// Where to go after sign-in. A link from elsewhere may carry `?redirect=`, so
// it is untrusted: only a path of this origin passes, everything else is
// dropped.

const PLACEHOLDER = "https://postern.invalid";

/** The path, query and fragment to go to, or undefined when `target` leads away from this origin. */
export function safeRedirect(target: string | null | undefined): string | undefined {
  if (!target?.startsWith("/")) return undefined;
  // Browsers read `\` as `/` and drop tabs and newlines, so `/\evil` and `/<tab>/evil` leave the origin.
  if (/[\\\u0000-\u0020\u007f]/.test(target)) return undefined;
  if (target.startsWith("//")) return undefined;

  let url: URL;
  try {
    url = new URL(target, PLACEHOLDER);
  } catch {
    return undefined;
  }
  if (url.origin !== PLACEHOLDER || url.username || url.password) return undefined;

  const path = url.pathname + url.search + url.hash;
  // `/.//evil` is normalised to `//evil`, which another parser would take for a host.
  return path.startsWith("//") ? undefined : path;
}

/** The address of the sign-in page that comes back to `path` afterwards. */
export const signInPath = (path: string) => goingOnTo("/login", safeRedirect(path));

/** The address of `page`, which goes on to `redirect` once somebody is signed in. */
export function goingOnTo(page: string, redirect: string | undefined): string {
  return redirect && redirect !== "/" ? `${page}?redirect=${encodeURIComponent(redirect)}` : page;
}

/** Where the address of this page says to go on to. */
export const askedRedirect = () => safeRedirect(new URLSearchParams(location.search).get("redirect"));
