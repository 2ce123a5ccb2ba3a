import assert from "node:assert/strict";
import { test } from "node:test";
import { readOn, type Page } from "./list.ts";

const pagination = { totalPages: 1, totalItems: 0, currentPage: 1, itemsPerPage: 20 };
const piece = (data: string[], nextCursor: string | null): Page<string> => ({ data, pagination, nextCursor });

async function read(pieces: Record<string, Page<string>>): Promise<[Page<string>, number]> {
  let asked = 0;
  const page = await readOn({ search: "x" }, async ({ cursor = "", search }) => {
    asked += 1;
    assert.equal(search, "x");
    return pieces[cursor] ?? piece([], cursor);
  });
  return [page, asked];
}

test("empty pieces are passed over to the first that has something in it", async () => {
  const found = piece(["found"], "c");
  assert.deepEqual(await read({ "": piece([], "a"), a: piece([], "b"), b: found }), [found, 3]);
  assert.deepEqual(await read({ "": found }), [found, 1]);
});

test("where nothing is found, that is the end, however it is told", async () => {
  assert.deepEqual(await read({ "": piece([], null) }), [piece([], null), 1]);
  const [page, asked] = await read({ "": piece([], "a") });
  assert.deepEqual([page.data, asked], [[], 20]);
});
