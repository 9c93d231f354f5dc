// Compiles operations against the schema as the application serves it, and runs them with relay-runtime.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, check, runAll, url } from './checks.mjs';
import { ask, signIn } from './real.mjs';

const require = createRequire(import.meta.url);
const compiler = require('relay-compiler');
const { commitMutation, Environment, Network, RecordSource, Store, fetchQuery } = require('relay-runtime');
const token = await signIn('inventory-controller');
const folder = mkdtempSync(join(tmpdir(), 'relay-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const operations = {
  ItemsQuery: `query ItemsQuery($count: Int!) { ...Items_list @arguments(count: $count) }`,
  Items_list: `fragment Items_list on Query @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
    @refetchable(queryName: "ItemsPaginationQuery") {
    items(first: $count, after: $cursor, order: [{ code: ASC }]) @connection(key: "Items_items") { edges { node { id code stockBalances(first: 2) { nodes { onHand } } } } }
  }`,
  NodeQuery: `query NodeQuery($id: ID!) { node(id: $id) { __typename id ... on Item { code name } } }`,
  UnitMutation: `mutation UnitMutation($input: DefineUnitInput!) { defineUnit(input: $input) { unitDefined { unit } errors { __typename ... on Error { message } } } }`,
  TellSubscription: `subscription TellSubscription { itemChanged(after: "0") { item { id code } } }`,
};

const environment = new Environment({
  network: Network.create((params, variables) => ask(token, params.text, variables)),
  store: new Store(new RecordSource()),
});

check('the compiler accepts the schema and our connections', async () => {
  const sdl = await (await fetch(`${url}?sdl`)).text();
  assert.match(sdl, /type Query/);
  mkdirSync(join(folder, 'src', '__generated__'), { recursive: true });
  writeFileSync(join(folder, 'schema.graphql'), sdl);
  for (const [name, text] of Object.entries(operations)) {
    const kind = name.split('_')[0];
    writeFileSync(join(folder, 'src', `${kind}.${name}.js`.replace(`${kind}.${kind}`, kind)),
      `const { graphql } = require('relay-runtime');\nmodule.exports = graphql\`${text}\`;`);
  }
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({
    src: './src', schema: './schema.graphql', language: 'javascript', artifactDirectory: './src/__generated__',
  }));
  try {
    execFileSync(compiler, ['relay.config.json'], { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    throw new Error(`${error.stdout}\n${error.stderr}`);
  }
});

const compiled = (name) => require(join(folder, 'src', '__generated__', `${name}.graphql.js`));

check('relay-runtime reads a connection and refetches a node', async () => {
  await fetchQuery(environment, compiled('ItemsQuery'), { count: 3 }).toPromise();
  const records = environment.getStore().getSource().toJSON();
  const connection = Object.values(records).find((record) => record.__typename === 'ItemsConnection');
  assert.equal(connection.edges.__refs.length, 3);
  const item = Object.values(records).find((record) => record.__typename === 'Item');
  const data = await fetchQuery(environment, compiled('NodeQuery'), { id: item.__id }).toPromise();
  assert.equal(data.node.code, item.code);
});

check('a mutation answers with its refusal', async () => {
  const answer = await new Promise((resolve, reject) => commitMutation(environment, {
    mutation: compiled('UnitMutation'),
    variables: { input: { unit: 'EA', name: 'Each again', kind: 'COUNT', decimals: 0 } },
    onCompleted: resolve,
    onError: reject,
  }));
  assert.match(answer.defineUnit.errors[0].__typename, /Error$/);
});

await runAll();
