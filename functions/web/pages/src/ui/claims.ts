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
