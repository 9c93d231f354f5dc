// Follows a stream as a dashboard does: reads, is cut off after every message, comes back after its last position.
// node live.mjs ws|sse <url> <token> <after> <count>
import { createClient as createSocketClient } from 'graphql-ws';
import { createClient as createStreamClient } from 'graphql-sse';
import WebSocket from 'ws';

const [how, url, token, start, count] = process.argv.slice(2);
const query = `subscription ($after: String) {
  calendarChanged(after: $after) { position calendar { code } event { happened { __typename ... on CalendarCreated { code } } } }
}`;

function connect() {
  if (how === 'sse') {
    const client = createStreamClient({ url: `${url}/graphql`, retryAttempts: 0, headers: { authorization: `Bearer ${token}` } });
    return { client, cut: () => client.dispose() };
  }

  const client = createSocketClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  return { client, cut: () => client.terminate() };
}

let after = start;
let seen = 0;
while (seen < Number(count)) {
  const { client, cut } = connect();
  try {
    for await (const result of client.iterate({ query, variables: { after } })) {
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      const told = result.data.calendarChanged;
      after = told.position;
      seen++;
      console.log(`${told.event.happened.code} ${told.calendar.code}`);
      cut();
      break;
    }
  } catch (gone) {
    if (gone?.message?.startsWith('[')) throw gone;
  }
}

process.exit(0);
