import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client/core/index.js';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental/index.js';
import { createPersistedQueryLink } from '@apollo/client/link/persisted-queries/index.js';
import { assert, check, runAll, url } from './checks.mjs';

// What went over the wire, so that a check can see how Apollo reached its result.
function recorded() {
  const requests = [];
  const recordingFetch = async (uri, options) => {
    const response = await fetch(uri, options);
    requests.push({
      method: options.method ?? 'GET',
      uri: String(uri),
      body: options.body,
      status: response.status,
      type: response.headers.get('content-type'),
    });
    return response;
  };
  return { requests, recordingFetch };
}

function connect(options = {}, link = (http) => http) {
  const { requests, recordingFetch } = recorded();
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: link(new HttpLink({ uri: url, fetch: recordingFetch, ...options.http })),
    ...options.client,
  });
  return { client, requests };
}

const collect = (observable) => new Promise((resolve, reject) => {
  const values = [];
  observable.subscribe({ next: (value) => values.push(value), error: reject, complete: () => resolve(values) });
});

check('queries fill the cache', async () => {
  const { client, requests } = connect();
  const query = gql`query Items($first: Int) { items(first: $first) { edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } }`;
  const { data } = await client.query({ query, variables: { first: 3 } });
  assert.equal(data.items.edges.length, 3);
  assert.equal(data.items.pageInfo.endCursor, 'i3');
  await client.query({ query, variables: { first: 3 } });
  assert.equal(requests.length, 1);
  assert.match(requests[0].type, /^application\/graphql-response\+json/);
});

check('mutations with typed errors', async () => {
  const { client } = connect();
  const mutation = gql`mutation ($input: RenameItemInput!) { renameItem(input: $input) { item { id name } errors { __typename ... on Error { message } } } }`;
  const { data } = await client.mutate({ mutation, variables: { input: { itemId: 'i4', name: 'Item 5' } } });
  assert.equal(data.renameItem.errors[0].__typename, 'NameTakenError');
});

check('request errors and field errors are CombinedGraphQLErrors', async () => {
  const { client } = connect();
  const query = gql`query { hello fails }`;
  await assert.rejects(client.query({ query }), (error) => error.name === 'CombinedGraphQLErrors');
  const { data, error } = await client.query({ query, errorPolicy: 'all' });
  assert.equal(data.hello, 'Hello world');
  assert.ok(error);
});

check('queries by GET carry the preflight header', async () => {
  const { client, requests } = connect({ http: { useGETForQueries: true, headers: { 'apollo-require-preflight': 'true' } } });
  assert.equal((await client.query({ query: gql`query { hello }` })).data.hello, 'Hello world');
  assert.equal(requests[0].method, 'GET');
});

for (const useGETForHashedQueries of [false, true]) {
  check(`automatic persisted queries${useGETForHashedQueries ? ' by GET' : ''}`, async () => {
    const sha256 = (text) => createHash('sha256').update(text).digest('hex');
    const persisted = () => createPersistedQueryLink({ sha256, useGETForHashedQueries });
    const query = useGETForHashedQueries ? gql`query G { hello(name: "get") }` : gql`query P { hello(name: "post") }`;
    const first = connect({}, (http) => ApolloLink.from([persisted(), http]));
    await first.client.query({ query });
    const second = connect({}, (http) => ApolloLink.from([persisted(), http]));
    const { data } = await second.client.query({ query });
    assert.equal(data.hello, useGETForHashedQueries ? 'Hello get' : 'Hello post');
    assert.equal(first.requests.length, 2, 'miss, then registration');
    assert.equal(second.requests.length, 1, 'hit');
  });
}

for (const Handler of [Defer20220824Handler, GraphQL17Alpha9Handler]) {
  check(`@defer by ${Handler.name}`, async () => {
    const { client, requests } = connect({ client: { incrementalHandler: new Handler() } });
    const query = gql`query { item(id: "i6") { id name ... @defer(label: "late") { stock } } }`;
    const states = await new Promise((resolve, reject) => {
      const seen = [];
      client.watchQuery({ query }).subscribe({
        next: (result) => {
          seen.push(result);
          if (result.data?.item?.stock !== undefined) resolve(seen);
        },
        error: reject,
      });
    });
    const partial = states.find((state) => state.data?.item && state.data.item.stock === undefined);
    assert.ok(partial, 'the first part was shown before the second came');
    assert.equal(states.at(-1).data.item.stock, 7);
    assert.match(requests[0].type, /^multipart\/mixed/);
    assert.match(requests[0].type, Handler === Defer20220824Handler ? /deferSpec=20220824/ : /incrementalSpec=v0\.2/);
  });
}

check('@stream by the newer handler', async () => {
  const { client } = connect({ client: { incrementalHandler: new GraphQL17Alpha9Handler() } });
  const query = gql`query { item(id: "i7") { id related @stream(initialCount: 1) { id stock } } }`;
  const { data } = await client.query({ query });
  assert.deepEqual(data.item.related.map((item) => item.stock), [7, 7]);
});

check('subscriptions over multipart', async () => {
  const { client, requests } = connect();
  const results = await collect(client.subscribe({ query: gql`subscription { ticks(upTo: 4) { n } }` }));
  assert.deepEqual(results.map((result) => result.data.ticks.n), [1, 2, 3, 4]);
  assert.match(requests[0].type, /subscriptionSpec=1\.0/);
});

check('a subscription that is refused is an error', async () => {
  const { client } = connect();
  const results = await collect(client.subscribe({ query: gql`subscription { broken { n } }` })).catch((error) => [{ error }]);
  assert.ok(results[0].error);
});

await runAll();
