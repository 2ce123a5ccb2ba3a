// What is wrong with claims before the server sees them. Which keys are
// reserved, only the server says.

import type { Claim } from "../api/claims.ts";
import { formText } from "../text/form.ts";

export interface ClaimProblem {
  row: number;
  part: "key" | "value";
  message: string;
}

/** The claims without empty rows, as the API takes them. */
export function filled(rows: readonly Claim[]): Claim[] {
  return rows.map(({ key, value }) => ({ key: key.trim(), value })).filter(({ key, value }) => key !== "" || value !== "");
}

/** What was changed between `saved` and `rows`, over what somebody else saved meanwhile. */
export function claimsOver(theirs: readonly Claim[], saved: readonly Claim[], rows: readonly Claim[]): Claim[] {
  const mine = filled(rows);
  const changed = mine.filter(({ key, value }) => !saved.some((claim) => claim.key === key && claim.value === value));
  const gone = saved.filter(({ key }) => !mine.some((claim) => claim.key === key));
  const decided = new Set([...changed, ...gone].map(({ key }) => key));
  return [...theirs.filter(({ key }) => !decided.has(key)), ...changed];
}

export function claimProblems(rows: readonly Claim[]): ClaimProblem[] {
  const keys = rows.map(({ key }) => key.trim());
  return rows.flatMap(({ value }, row): ClaimProblem[] => {
    const key = keys[row] ?? "";
    if (key === "" && value === "") return [];
    if (key === "") return [{ row, part: "key", message: formText.claims.keyMissing }];
    if (keys.indexOf(key) < row) return [{ row, part: "key", message: formText.claims.twice }];
    return value === "" ? [{ row, part: "value", message: formText.claims.valueMissing }] : [];
  });
}
