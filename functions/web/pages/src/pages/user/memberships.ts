/** `current`, with what was added and without what was taken out between `saved` and `chosen`. */
export function changedAlike(current: readonly string[], saved: readonly string[], chosen: readonly string[]): string[] {
  const removed = saved.filter((id) => !chosen.includes(id));
  const added = chosen.filter((id) => !saved.includes(id));
  return [...new Set([...current, ...added])].filter((id) => !removed.includes(id));
}
