// The public settings of this installation, and what they do to the page.

import { defaultConfiguration, getConfiguration, type Configuration } from "./api/configuration.ts";
import { imageAddress, type ImageName } from "./api/imageAddress.ts";
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

  /** Where an image is, if this installation has one of that name. */
  image(name: ImageName): string | undefined {
    const version = current.images[name];
    return version && imageAddress(name, version);
  },

  async load(): Promise<void> {
    // The defaults serve; what needs the server will say that it is away.
    await this.read().catch(() => {});
  },

  /** As `load`, for whoever can't go on with the defaults. */
  async read(): Promise<void> {
    apply(await getConfiguration());
  },

  /** Shows an image that was changed here, before the server tells of it. */
  showImage(name: ImageName, version: string | undefined): void {
    apply({ ...current, images: { ...current.images, [name]: version } });
  },
};

function apply(next: Configuration): void {
  current = next;
  const { accentColor, disableAnimations } = next;
  const root = document.documentElement;
  root.toggleAttribute("data-still", disableAnimations);
  const colour = accentColor === "default" ? "" : accentColor;
  // The style sheet bends any colour until text on it can be read.
  if (colour === "" || CSS.supports("color", colour)) root.style.setProperty("--accent-seed", colour);
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]")!;
  icon.href = configuration.image("favicon") ?? "/icon.svg";
}
