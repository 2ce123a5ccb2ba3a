// The dialogue with a mail server, stage by stage.

import type { Values } from "../../api/applicationConfiguration.ts";
import { stepsOf, type Step } from "../../ui/steps.ts";

/** In the order in which they happen. */
const all = ["connect", "tls", "greeting", "authentication", "sender", "recipient", "message"] as const;

export type Stage = (typeof all)[number];

/** Those that there are by these settings. */
export function stagesOf(settings: Values): readonly Stage[] {
  return all.filter((stage) => {
    if (stage === "tls") return settings["smtpTls"] !== "none";
    return stage !== "authentication" || Boolean(settings["smtpUser"]);
  });
}

/** What came before the stage that failed, that stage, and what was not reached; nothing when nobody was talked to. */
export const stepsTo = (failed: string, stages: readonly Stage[]): Step<Stage>[] => stepsOf(failed, all, stages);
