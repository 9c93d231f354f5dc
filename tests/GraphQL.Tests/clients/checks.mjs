// A list of named checks against one server; the first failure ends the process with its name.
import assert from 'node:assert/strict';

export const url = process.argv[2];
export const socketUrl = url.replace(/^http/, 'ws');
export { assert };

const checks = [];

export function check(name, run) {
  checks.push([name, run]);
}

export async function runAll() {
  for (const [name, run] of checks) {
    let timer;
    const tooLate = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('took longer than 60 s')), 60_000);
    });
    try {
      await Promise.race([run(), tooLate]);
      console.log(`passed: ${name}`);
    } catch (error) {
      console.log(`FAILED: ${name}\n${error?.stack ?? JSON.stringify(error)}`);
      process.exit(1);
    } finally {
      clearTimeout(timer);
    }
  }

  console.log(`${checks.length} checks, all passed`);
  process.exit(0);
}
