// What is shown of an import: the worst first, a part at a time.

import type { ImportedRow, ImportOptions, ImportReport, Outcome } from "../../api/transfer.ts";

export const outcomes: readonly Outcome[] = ["error", "create", "update", "skip"];

/** The rows of one outcome, or all of them with errors first; otherwise in the order of the file. */
export function rowsOf(report: ImportReport, outcome: Outcome | ""): ImportedRow[] {
  if (outcome) return report.rows.filter((row) => row.outcome === outcome);
  const wrong = report.rows.filter((row) => row.outcome === "error");
  return [...wrong, ...report.rows.filter((row) => row.outcome !== "error")];
}

export const changesOf = ({ summary }: ImportReport) => summary.create + summary.update;

export type Obstacle = "blocked" | "onlyErrors" | "nothing";

/** Why there is nothing to import, if so. */
export function obstacleTo(report: ImportReport, { mode }: ImportOptions): Obstacle | undefined {
  const { error, skip } = report.summary;
  if (error > 0 && mode === "all") return "blocked";
  if (changesOf(report) > 0) return undefined;
  return error > 0 && skip === 0 ? "onlyErrors" : "nothing";
}
