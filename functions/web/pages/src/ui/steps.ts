// A dialogue that goes stage by stage, and failed at one.

export type StepState = "done" | "failed" | "open";

export interface Step<S extends string> {
  stage: S;
  state: StepState;
}

/**
 * What came before the stage that failed, that stage, and what was not reached; nothing when nobody was talked to.
 * `all` is in the order in which things happen, `known` those that there are in this case.
 */
export function stepsOf<S extends string>(failed: string, all: readonly S[], known: readonly S[] = all): Step<S>[] {
  const place = all.indexOf(failed as S);
  if (place < 0) return [];
  return all
    .filter((stage) => stage === failed || known.includes(stage))
    .map((stage) => ({ stage, state: stage === failed ? "failed" : all.indexOf(stage) < place ? "done" : "open" }));
}
