// Single keys that do something on a page. They can be switched off, since a
// letter may come from speech input (WCAG 2.1.4).

const OFF = "postern.shortcuts-off";

let on = $state(readOn());

export const shortcuts = {
  get on(): boolean {
    return on;
  },

  set on(wanted: boolean) {
    on = wanted;
    writeOn(wanted);
  },

  /** Call while a component begins; `keys` says what each key does. */
  listen(keys: Readonly<Record<string, () => void>>): void {
    $effect(() => {
      if (!on) return;
      const press = (event: KeyboardEvent) => {
        const act = keys[event.key];
        if (!act || !isFree(event)) return;
        event.preventDefault();
        act();
      };
      addEventListener("keydown", press);
      return () => removeEventListener("keydown", press);
    });
  },
};

/** Whether the key is nobody else's: not typed into a field, a menu or a dialog. */
function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  const at = event.target as HTMLElement;
  if (at.isContentEditable || at.closest("textarea, select, [role=menu]")) return false;
  if (at instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(at.type)) return false;
  return document.querySelector("[role=dialog]") === null;
}

// Storage may be blocked; then the choice lasts as long as the page.
function readOn(): boolean {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

function writeOn(wanted: boolean): void {
  try {
    if (wanted) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    return;
  }
}
