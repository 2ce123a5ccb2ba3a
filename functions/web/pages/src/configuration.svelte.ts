// The public settings of this installation, and what they do to the page.

import { defaultConfiguration, getConfiguration, type Configuration } from "./api/configuration.ts";
import { safeRedirect } from "./redirect.ts";

let current = $state.raw<Configuration>(defaultConfiguration);

export const configuration = {
  get current(): Configuration {
    return current;
  },

  /** Where to go after sign-in when nothing else was asked for. */
  get home(): string {
    return safeRedirect(current.homePageUrl) ?? defaultConfiguration.homePageUrl;
  },

  async load(): Promise<void> {
    // The defaults serve; what needs the server will say that it is away.
    await this.read().catch(() => {});
  },

  /** As `load`, for whoever can't go on with the defaults. */
  async read(): Promise<void> {
    current = await getConfiguration();
    apply(current);
  },
};

function apply({ accentColor, disableAnimations }: Configuration): void {
  const root = document.documentElement;
  root.toggleAttribute("data-still", disableAnimations);
  const colour = accentColor === "default" ? "" : accentColor;
  // The style sheet bends any colour until text on it can be read.
  if (colour === "" || CSS.supports("color", colour)) root.style.setProperty("--accent-seed", colour);
}
