// Compiles operations against the schema as we print it, then runs the stored documents by the ids Relay made.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, check, runAll, url } from './checks.mjs';

// The folder the server takes its stored documents from, as a deployment would fill it.
const storage = process.argv[3];
const require = createRequire(import.meta.url);
const compiler = require('relay-compiler');
const { Environment, Network, RecordSource, Store, fetchQuery } = require('relay-runtime');

const folder = mkdtempSync(join(tmpdir(), 'relay-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const operations = {
  AppQuery: `
    const { graphql } = require('relay-runtime');
    module.exports.query = graphql\`query AppQuery($count: Int!) { item(id: "i1") { id name } ...App_items @arguments(count: $count) }\`;
    module.exports.fragment = graphql\`
      fragment App_items on Query @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
        @refetchable(queryName: "AppPaginationQuery") {
        items(first: $count, after: $cursor) @connection(key: "App_items") { edges { node { id name } } }
      }\`;`,
  AppMutation: `
    const { graphql } = require('relay-runtime');
    module.exports.mutation = graphql\`mutation AppMutation($input: RenameItemInput!) { renameItem(input: $input) { item { id name } errors { __typename ... on Error { message } } } }\`;`,
  AppSubscription: `
    const { graphql } = require('relay-runtime');
    module.exports.subscription = graphql\`subscription AppSubscription { ticks(upTo: 3) { n } }\`;`,
};

let persisted;

check('the compiler accepts the schema and our connections', async () => {
  const sdl = await (await fetch(`${url}?sdl`)).text();
  mkdirSync(join(folder, 'src', '__generated__'), { recursive: true });
  writeFileSync(join(folder, 'schema.graphql'), sdl);
  writeFileSync(join(folder, 'persisted.json'), '{}');
  for (const [name, text] of Object.entries(operations)) {
    writeFileSync(join(folder, 'src', `${name}.js`), text);
  }
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({
    src: './src', schema: './schema.graphql', language: 'javascript', artifactDirectory: './src/__generated__',
    persistConfig: { file: './persisted.json', algorithm: 'MD5' },
  }));
  try {
    execFileSync(compiler, ['relay.config.json'], { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    throw new Error(`${error.stdout}\n${error.stderr}`);
  }
  persisted = JSON.parse(readFileSync(join(folder, 'persisted.json'), 'utf8'));
  assert.equal(Object.keys(persisted).length, 4, 'three operations and the pagination query');
  for (const [id, text] of Object.entries(persisted)) {
    writeFileSync(join(storage, `${id}.graphql`), text);
  }
});

check('what it compiled runs here by its id', async () => {
  for (const [id, text] of Object.entries(persisted)) {
    const isSubscription = text.startsWith('subscription');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: isSubscription ? 'text/event-stream' : 'application/json' },
      body: JSON.stringify({ doc_id: id, variables: { count: 2, cursor: null, input: { itemId: 'i10', name: 'Relay' } } }),
    });
    const body = await response.text();
    assert.ok(!body.includes('"errors":[{"message"') && response.ok, `${text}\n${body}`);
  }
});

check('relay-runtime reads a connection', async () => {
  const generated = join(folder, 'src', '__generated__', 'AppQuery.graphql.js');
  const request = require(generated);
  const network = Network.create(async (params, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ doc_id: params.id, variables }),
    });
    return response.json();
  });
  const environment = new Environment({ network, store: new Store(new RecordSource()) });
  const data = await fetchQuery(environment, request, { count: 2 }).toPromise();
  assert.equal(data.item.id, 'i1');
  const records = environment.getStore().getSource();
  const connection = Object.values(records.toJSON()).find((record) => record.__typename === 'ItemsConnection');
  assert.equal(connection.edges.__refs.length, 2);
});

await runAll();
