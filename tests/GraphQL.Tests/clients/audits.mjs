// The audits of the GraphQL-over-HTTP working group's reference implementation.
import { auditServer } from 'graphql-http';
import { url } from './checks.mjs';

const results = await auditServer({ url, fetchFn: fetch });
const failed = results.filter((result) => result.status !== 'ok');
for (const result of failed) {
  console.log(`${result.status} ${result.id} ${result.name}: ${result.reason}`);
}

console.log(`${results.length - failed.length} of ${results.length} audits are ok`);
if (failed.length > 0 || results.length !== 61) {
  process.exit(1);
}

console.log('all passed');
process.exit(0);
