import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { assert, check, runAll, socketUrl } from './checks.mjs';

const connect = (options = {}) =>
  createClient({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 0, ...options });

async function collect(client, request) {
  const results = [];
  for await (const result of client.iterate(request)) {
    results.push(result);
  }
  return results;
}

check('a query is one result', async () => {
  const client = connect();
  assert.deepEqual(await collect(client, { query: '{ hello }' }), [{ data: { hello: 'Hello world' } }]);
  await client.dispose();
});

check('variables, names and mutations', async () => {
  const client = connect();
  const [result] = await collect(client, {
    query: 'mutation Rename($input: RenameItemInput!) { renameItem(input: $input) { item { name } errors { __typename } } } query Other { hello }',
    operationName: 'Rename',
    variables: { input: { itemId: 'i1', name: 'Anvil' } },
  });
  assert.deepEqual(result, { data: { renameItem: { item: { name: 'Anvil' }, errors: null } } });
  await client.dispose();
});

check('a subscription ends with its source', async () => {
  const client = connect();
  const results = await collect(client, { query: 'subscription { ticks(upTo: 5) { n } }' });
  assert.deepEqual(results.map((result) => result.data.ticks.n), [1, 2, 3, 4, 5]);
  await client.dispose();
});

check('a client may leave a subscription and go on', async () => {
  const client = connect();
  let seen = 0;
  for await (const _ of client.iterate({ query: 'subscription { ticks(upTo: 100000) { n } }' })) {
    if (++seen === 3) break;
  }
  assert.equal((await collect(client, { query: '{ hello }' })).length, 1);
  await client.dispose();
});

check('request errors are errors of the operation', async () => {
  const client = connect();
  await assert.rejects(collect(client, { query: '{ hello' }), (errors) => {
    assert.ok(Array.isArray(errors));
    assert.equal(errors[0].extensions.code, 'HC0014');
    return true;
  });
  await client.dispose();
});

check('a source that refuses is an error of the operation', async () => {
  const client = connect();
  await assert.rejects(collect(client, { query: 'subscription { broken { n } }' }), (errors) => {
    assert.equal(errors[0].extensions.code, 'CURSOR_EXPIRED');
    return true;
  });
  await client.dispose();
});

check('fields that fail are part of the result', async () => {
  const client = connect();
  const [result] = await collect(client, { query: '{ hello fails }' });
  assert.equal(result.data.hello, 'Hello world');
  assert.equal(result.data.fails, null);
  assert.ok(!JSON.stringify(result).includes('secret'));
  await client.dispose();
});

check('twenty subscriptions share a socket', async () => {
  let sockets = 0;
  const client = connect({ on: { connecting: () => sockets++ } });
  const all = await Promise.all(
    Array.from({ length: 20 }, () => collect(client, { query: 'subscription { ticks(upTo: 20) { n } }' })));
  assert.ok(all.every((results) => results.length === 20));
  assert.equal(sockets, 1);
  await client.dispose();
});

check('connection parameters say who is there', async () => {
  const client = connect({ connectionParams: { token: 'ada' } });
  assert.deepEqual(await collect(client, { query: '{ me }' }), [{ data: { me: 'ada' } }]);
  await client.dispose();
});

check('wrong parameters close with 4403', async () => {
  const client = connect({ connectionParams: { token: 'wrong' } });
  await assert.rejects(collect(client, { query: '{ me }' }), (event) => event.code === 4403);
  await client.dispose();
});

check('a client that lost its socket resumes after its last position', async () => {
  let last;
  let socket;
  const seen = [];
  const first = connect({ on: { connected: (opened) => (socket = opened) } });
  socket = undefined;
  const remember = (message) => {
    const parsed = JSON.parse(message.data ?? message);
    if (parsed.type === 'next') {
      last = parsed.position;
      seen.push(parsed.payload.data.ticks.n);
      if (seen.length === 4) socket.terminate();
    }
  };
  const watch = setInterval(() => {
    if (socket && !socket.watched) {
      socket.watched = true;
      socket.on('message', remember);
    }
  }, 1);
  await assert.rejects(collect(first, { query: 'subscription { ticks(upTo: 100000) { n } }' }));
  clearInterval(watch);
  const lastSeen = seen.at(-1);
  assert.equal(last, `e1:${lastSeen}`);

  const second = connect();
  const results = await collect(second, {
    query: `subscription { ticks(upTo: ${lastSeen + 3}) { n } }`,
    extensions: { resume: last },
  });
  assert.deepEqual(results.map((result) => result.data.ticks.n), [lastSeen + 1, lastSeen + 2, lastSeen + 3]);
  await second.dispose();
});

check('pings are answered', async () => {
  let latency;
  const client = connect({ keepAlive: 50, on: { pong: (received) => (latency ??= received) } });
  await collect(client, { query: 'subscription { ticks(upTo: 40) { n } }' });
  assert.equal(latency, true);
  await client.dispose();
});

check('deferred data comes as later messages', async () => {
  const client = connect();
  const results = await collect(client, { query: '{ item(id: "i2") { id ... @defer { stock } } }' });
  assert.equal(results.length, 2);
  assert.deepEqual(results[0].data, { item: { id: 'i2' } });
  assert.equal(results[0].hasNext, true);
  assert.deepEqual(results[1].incremental[0].data, { stock: 7 });
  await client.dispose();
});

await runAll();
