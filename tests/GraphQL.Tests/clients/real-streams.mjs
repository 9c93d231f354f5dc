// graphql-ws and graphql-sse against the running application.
import { createClient as createSocketClient } from 'graphql-ws';
import { createClient as createStreamClient } from 'graphql-sse';
import WebSocket from 'ws';
import { assert, check, runAll, socketUrl, url } from './checks.mjs';
import { ask, defineUnit, page, signIn, stream, wrong } from './real.mjs';

const token = await signIn('inventory-controller');
const clients = {
  'graphql-ws': (authorization = `Bearer ${token}`) => createSocketClient({
    url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 0, connectionParams: { authorization },
  }),
  'graphql-sse': (authorization = `Bearer ${token}`) => createStreamClient({ url, retryAttempts: 0, headers: { authorization } }),
  'graphql-sse, single connection': (authorization = `Bearer ${token}`) => createStreamClient({
    url, singleConnection: true, retryAttempts: 0, headers: { authorization },
  }),
};

async function collect(client, request, most = Infinity) {
  const results = [];
  for await (const result of client.iterate(request)) {
    results.push(result);
    if (results.length === most) break;
  }
  return results;
}

for (const [name, connect] of Object.entries(clients)) {
  check(`${name}: a page, and the next one by its cursor`, async () => {
    const client = connect();
    const [first] = await collect(client, { query: page, variables: { first: 3 } });
    const { edges, pageInfo } = first.data.items;
    const [second] = await collect(client, { query: page, variables: { first: 3, after: pageInfo.endCursor } });
    const codes = [...edges, ...second.data.items.edges].map((edge) => edge.node.code);
    assert.equal(codes.length, 6);
    assert.deepEqual(codes, [...new Set(codes)].sort());
    await client.dispose();
  });

  check(`${name}: a refusal is data`, async () => {
    const client = connect();
    const [result] = await collect(client, { query: defineUnit, variables: { input: wrong } });
    assert.equal(result.errors, undefined);
    assert.equal(result.data.defineUnit.unitDefined, null);
    assert.match(result.data.defineUnit.errors[0].__typename, /Error$/);
    await client.dispose();
  });

  check(`${name}: what is not allowed is an error with a code`, async () => {
    const client = connect();
    const [result] = await collect(client, { query: '{ users(first: 1) { nodes { login } } }' });
    assert.equal(result.errors[0].extensions.code, 'AUTH_NOT_AUTHORIZED');
    await client.dispose();
  });

  check(`${name}: a stream from the beginning, in order, and then what happens`, async () => {
    const client = connect();
    const told = await collect(client, { query: stream }, 5);
    const positions = told.map((result) => Number(result.data.itemChanged.position));
    assert.deepEqual(positions, [...positions].sort((a, b) => a - b));
    assert.ok(told.every((result) => result.data.itemChanged.item.code));

    const code = `NODE-${Math.random().toString(36).slice(2, 8).toUpperCase()}`;
    const { extensions } = await ask(token, '{ items(first: 1) { totalCount } }');
    const live = collect(client, { query: `subscription { itemChanged(after: "${extensions.live.position}") { item { code } } }` }, 1);
    const created = await ask(token, 'mutation ($input: CreateItemInput!) { createItem(input: $input) { errors { __typename } } }', { input: {
      code, baseUnit: 'EA', identity: { name: `Made by ${name}` }, tracking: { tracking: 'NONE' }, weighing: {},
      storage: { temperature: 'AMBIENT', hazard: 'NONE', size: 'SMALL', handling: 'STANDARD' }, costing: { method: 'FIFO' },
      origin: { isRegulated: false, isImported: false },
    } });
    assert.equal(created.data.createItem.errors, null, JSON.stringify(created));
    assert.equal((await live)[0].data.itemChanged.item.code, code);
    await client.dispose();
  });
}

check('graphql-ws: who is nobody reads nothing, and a wrong token closes the socket', async () => {
  const client = clients['graphql-ws']('Bearer pst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  await assert.rejects(collect(client, { query: page }), (event) => event.code === 4403);
  await client.dispose();
});

await runAll();
