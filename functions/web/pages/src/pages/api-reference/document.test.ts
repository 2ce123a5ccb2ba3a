import assert from "node:assert/strict";
import { test } from "node:test";
import { matching, topicsOf, type ApiDocument } from "./document.ts";
import { rowsOf, typeOf } from "./schema.ts";

const document: ApiDocument = {
  tags: [{ name: "Users", description: "People" }],
  security: [{ session: [] }, { apiKey: [] }],
  paths: {
    "/api/users": {
      parameters: [{ $ref: "#/components/parameters/Search" }],
      get: { operationId: "listUsers", tags: ["Users"], summary: "Lists users", responses: { "200": { description: "A page" } } },
    },
    "/healthz": { get: { security: [], responses: { "204": {} } } },
  },
  components: {
    parameters: { Search: { name: "search", in: "query" } },
    schemas: {
      User: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "string", format: "uuid" },
          email: { type: ["string", "null"], maxLength: 254 },
          groups: { type: "array", items: { $ref: "#/components/schemas/Group" } },
        },
      },
      Group: { type: "object", properties: { name: { type: "string" }, members: { type: "array", items: { $ref: "#/components/schemas/User" } } } },
    },
  },
};

test("operations are gathered by topic, with what their path says for all", () => {
  const [users, other] = topicsOf(document, "Other");
  assert.equal(users?.description, "People");
  assert.deepEqual(users?.operations[0]?.parameters, [{ name: "search", in: "query" }]);
  assert.deepEqual(users?.operations[0]?.security, ["session", "apiKey"]);
  assert.equal(other?.name, "Other");
  assert.equal(other?.operations[0]?.id, "get-healthz");
  assert.deepEqual(other?.operations[0]?.security, []);
});

test("a search needs every word", () => {
  const topics = topicsOf(document, "Other");
  assert.equal(matching(topics, "GET list")[0]?.operations.length, 1);
  assert.deepEqual(matching(topics, "list healthz"), []);
});

test("a schema that holds itself ends", () => {
  const rows = rowsOf(document, { $ref: "#/components/schemas/User" });
  assert.deepEqual(rows.map(({ id }) => id), ["/id", "/email", "/groups", "/groups/name", "/groups/members"]);
  assert.equal(rows[0]?.required, true);
  assert.equal(rows[1]?.type, "string or null");
  assert.equal(rows[1]?.note, "at most 254 characters");
  assert.equal(typeOf(document, { type: "array", items: { $ref: "#/components/schemas/Group" } }), "list of object");
});
