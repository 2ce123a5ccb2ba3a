// Asks before what was typed is lost: on a link, on back, on closing the tab.

import { mount, unmount } from "svelte";
import { holdBack } from "../router.ts";

/** Call while a component begins; `isDirty` says whether it holds something unsaved. Several may call it. */
export function guardUnsaved(isDirty: () => boolean): void {
  $effect(() => {
    if (!isDirty()) return;
    dirty += 1;
    if (dirty === 1) arm();
    return () => {
      dirty -= 1;
      if (dirty === 0) disarm();
    };
  });
}

let dirty = 0;
let release: () => void = () => {};

function arm(): void {
  release = holdBack(ask);
  addEventListener("beforeunload", warn);
}

function disarm(): void {
  release();
  removeEventListener("beforeunload", warn);
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

async function ask(): Promise<boolean> {
  const { default: UnsavedDialog } = await import("./UnsavedDialog.svelte");
  return new Promise((resolve) => {
    const dialog = mount(UnsavedDialog, {
      target: document.body,
      props: {
        onanswer: (leave: boolean) => {
          void unmount(dialog);
          resolve(leave);
        },
      },
    });
  });
}
