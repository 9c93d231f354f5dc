// The last arguments of every server: how to connect, as JSON, and the port to listen on.
export const connection = JSON.parse(process.argv[2]);
export const port = Number(process.argv[3]);
