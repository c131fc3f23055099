// Runs every audit of GraphQL over HTTP (MUST, SHOULD and MAY) against one server.
// Usage: node audit.mjs ADDRESS. Exits with 1, naming each audit that is not ok.
import { auditServer } from "graphql-http";

/** As many as the pinned release has: an audit that vanishes should be noticed. */
const expected = 61;

const results = await auditServer({ url: process.argv[2] });
const failed = results.filter((result) => result.status !== "ok");
for (const { status, id, name, reason } of failed) console.error(`${status} ${id} ${name}: ${reason}`);
console.log(`graphql-http: ${results.length - failed.length} of ${results.length} audits ok`);
process.exitCode = failed.length || results.length !== expected ? 1 : 0;
