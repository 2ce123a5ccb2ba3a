import assert from "node:assert/strict";
import { test } from "node:test";
import { exportAudit, part } from "./audit.ts";

test("of tables after the first the heading is left out", () => {
  assert.equal(part("csv", "id,event\r\n1,A\r\n", true), "id,event\r\n1,A\r\n");
  assert.equal(part("csv", "id,event\r\n2,B\r\n", false), "2,B\r\n");
  assert.equal(part("csv", "id,event\r\n", false), "");
});

const filters = { event: "SIGN_IN", actorID: "", userID: "", from: "", to: "" };

async function exported(pieces: [text: string, next: string | null][], most = 10): Promise<[string | undefined, string[]]> {
  const asked: string[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = async (address) => {
    const [text, next] = pieces[asked.length] ?? ["[]", null];
    asked.push(String(address));
    return new Response(text, next ? { headers: { "X-Next-Cursor": next } } : {});
  };
  try {
    const file = await exportAudit("json", filters, (files) => files < most);
    return [await file?.text(), asked];
  } finally {
    globalThis.fetch = original;
  }
}

test("files are joined to one, however many there are and however few stand in some", async () => {
  const [text, asked] = await exported([['[{"a":1}]', "1-1"], ["[]", "2-2"], ['[{"b":2},{"c":3}]', null]]);
  assert.deepEqual(JSON.parse(text ?? ""), [{ a: 1 }, { b: 2 }, { c: 3 }]);
  assert.equal(asked.length, 3);
  assert.match(asked[0] ?? "", /format=json&filters%5Bevent%5D=SIGN_IN$/);
  assert.match(asked[2] ?? "", /pagination%5Bcursor%5D=2-2/);
});

test("nothing is a file, too, and whoever has enough gets none", async () => {
  assert.deepEqual((await exported([["[]", null]]))[0], "[]");
  assert.deepEqual((await exported([["[]", "1-1"], ["[]", "2-2"]], 2))[0], undefined);
});

test("a first file in which nothing stands leaves no comma", async () => {
  const [text] = await exported([["[]", "1-1"], ['[{"b":2}]', null]]);
  assert.deepEqual(JSON.parse(text ?? ""), [{ b: 2 }]);
});
