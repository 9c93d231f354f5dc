import { createClient } from 'graphql-sse';
import { assert, check, runAll, url } from './checks.mjs';

const connect = (singleConnection) => createClient({ url, singleConnection, retryAttempts: 0 });

async function collect(client, request) {
  const results = [];
  for await (const result of client.iterate(request)) {
    results.push(result);
  }
  return results;
}

for (const single of [false, true]) {
  const mode = single ? 'single connection' : 'distinct connections';

  check(`${mode}: a query is one result`, async () => {
    const client = connect(single);
    assert.deepEqual(await collect(client, { query: '{ hello }' }), [{ data: { hello: 'Hello world' } }]);
    client.dispose();
  });

  check(`${mode}: variables and mutations`, async () => {
    const client = connect(single);
    const [result] = await collect(client, {
      query: 'mutation ($input: RenameItemInput!) { renameItem(input: $input) { item { name } } }',
      variables: { input: { itemId: 'i3', name: `Bolt ${mode}` } },
    });
    assert.equal(result.data.renameItem.item.name, `Bolt ${mode}`);
    client.dispose();
  });

  check(`${mode}: a subscription ends with its source`, async () => {
    const client = connect(single);
    const results = await collect(client, { query: 'subscription { ticks(upTo: 5) { n } }' });
    assert.deepEqual(results.map((result) => result.data.ticks.n), [1, 2, 3, 4, 5]);
    client.dispose();
  });

  check(`${mode}: many subscriptions at once`, async () => {
    const client = connect(single);
    const all = await Promise.all(
      Array.from({ length: 15 }, () => collect(client, { query: 'subscription { ticks(upTo: 10) { n } }' })));
    assert.ok(all.every((results) => results.length === 10));
    client.dispose();
  });

  check(`${mode}: a client may leave a subscription and go on`, async () => {
    const client = connect(single);
    let seen = 0;
    for await (const _ of client.iterate({ query: 'subscription { ticks(upTo: 100000) { n } }' })) {
      if (++seen === 3) break;
    }
    assert.equal((await collect(client, { query: '{ hello }' })).length, 1);
    client.dispose();
  });
}

check('distinct connections: validation errors are events', async () => {
  const client = connect(false);
  const [result] = await collect(client, { query: '{ hello' });
  assert.equal(result.errors[0].extensions.code, 'HC0014');
  client.dispose();
});

check('single connection: a request that cannot run is refused where it was made', async () => {
  const client = connect(true);
  await assert.rejects(collect(client, { query: '{ hello' }), (error) => error.response?.status === 400);
  client.dispose();
});

check('a stream goes on after Last-Event-ID', async () => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'last-event-id': 'e1:7' },
    body: JSON.stringify({ query: 'subscription { ticks(upTo: 9) { n } }' }),
  });
  const text = await response.text();
  assert.deepEqual([...text.matchAll(/^id: (.*)$/gm)].map((match) => match[1]), ['e1:8', 'e1:9']);
});

await runAll();
