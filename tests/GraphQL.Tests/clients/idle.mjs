// Opens many sockets with one idle subscription each, says so, and keeps them until its input ends.
import WebSocket from 'ws';
import { socketUrl } from './checks.mjs';

const count = Number(process.argv[3]);

const open = () => new Promise((resolve, reject) => {
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
  socket.on('error', reject);
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('message', (data) => {
    const { type } = JSON.parse(data);
    if (type === 'connection_ack') {
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: 'subscription { idle }' } }));
      resolve();
    } else if (type === 'ping') {
      socket.send('{"type":"pong"}');
    }
  });
});

for (let opened = 0; opened < count; opened += 50) {
  await Promise.all(Array.from({ length: 50 }, open));
}

console.log('open');
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
