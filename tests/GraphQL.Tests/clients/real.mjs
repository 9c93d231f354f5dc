// What the scripts against the running application share: node real-….mjs <url of the host>/graphql
import { url } from './checks.mjs';

export const base = url.replace(/\/graphql$/, '');

// A demo login, as a developer uses it.
export async function signIn(login) {
  const response = await fetch(`${base}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: 'platform-demo' }),
  });
  if (!response.ok) throw new Error(`${login}: ${response.status} ${await response.text()}`);
  return (await response.json()).accessToken;
}

export async function ask(token, query, variables) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

export const page = `query Page($first: Int, $after: String) {
  items(first: $first, after: $after, order: [{ code: ASC }]) {
    totalCount
    edges { cursor node { id code name baseUnit { id code } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export const defineUnit = `mutation Define($input: DefineUnitInput!) {
  defineUnit(input: $input) { unitDefined { unit name } errors { __typename ... on Error { code message } } }
}`;

export const wrong = { unit: 'EA', name: 'Each again', kind: 'COUNT', decimals: 0 };

// Everything since the beginning: what the seed has done is told at once.
export const stream = 'subscription Told { itemChanged(after: "0") { position item { id code } event { type } } }';
