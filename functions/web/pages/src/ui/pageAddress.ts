// A page and its address. While the next page is being loaded, the address is the next one's already, and this
// page is still there: then it writes nothing into the address and reads nothing from it.

import { onMount } from "svelte";
import { replaceAddress } from "../router.ts";

export interface PageAddress {
  /** Writes `query` ("" or "?…") into the address; the page stays. */
  show: (query: string) => void;
}

/** Called while a component is made. `onReturn` is called when going back or forward changes the address within the page. */
export function pageAddress(onReturn?: () => void): PageAddress {
  const path = location.pathname;
  const isOurs = () => location.pathname === path;
  onMount(() => {
    const moved = () => isOurs() && onReturn?.();
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  });
  return { show: (query) => isOurs() && replaceAddress(path + query) };
}
