// The system under test: everything that ./run starts, or what runs already (HILO_E2E_ATTACH=1).

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = fileURLToPath(new URL('../target/e2e-stack/', import.meta.url));

/** Downloads and builds at the first start; a few minutes where nothing is cached. */
const START_LIMIT = 15 * 60_000;
const STOP_LIMIT = 90_000;

const PORTS = {
  HILO_STORE_PORT: 9200,
  HILO_STORE_TRANSPORT_PORT: 9300,
  HILO_ZEEBE_GRPC_PORT: 26500,
  HILO_ZEEBE_REST_PORT: 8088,
  HILO_ZEEBE_MANAGEMENT_PORT: 9600,
  HILO_ZEEBE_COMMAND_PORT: 26501,
  HILO_ZEEBE_INTERNAL_PORT: 26502,
  HILO_WEBAPPS_PORT: 8080,
  HILO_WEBAPPS_MANAGEMENT_PORT: 9601,
  HILO_PORT: 8090,
  HILO_SIMULATORS_PORT: 8095,
  HILO_SIMULATORS_IMAP_PORT: 3143,
  HILO_SIMULATORS_SMTP_PORT: 3025
};

/**
 * Two queues, so that both languages of the agent's form are used: webchat's agents read English, WhatsApp's Spanish.
 * Both accounts' visitors land in the queue of the channel that opened the conversation. Who left gets mail soon.
 */
const SETTINGS = {
  hilo: {
    queues: [
      { id: 'support', name: { en: 'Support', es: 'Soporte' }, 'agent-language': 'en',
        'inactivity-timeout': '24h', 'return-to-queue-after': '8h', zone: 'UTC' },
      { id: 'mensajes', name: { en: 'Messages', es: 'Mensajes' }, 'agent-language': 'es',
        'inactivity-timeout': '24h', 'return-to-queue-after': '8h', zone: 'America/Bogota' }
    ],
    visitors: { mail: { after: '5s', 'look-every': '1s' } },
    channels: { whatsapp: { accounts: { 1000000001: { queue: 'mensajes' } } } }
  }
};

/** Whether an already running stack is used. */
export const ATTACHED = process.env.HILO_E2E_ATTACH === '1';

/** Where the started stack listens; set by {@link startStack}. */
export const addresses = {};

function name(ports) {
  Object.assign(addresses, {
    tasklist: `http://localhost:${ports.HILO_WEBAPPS_PORT}/tasklist`,
    operate: `http://localhost:${ports.HILO_WEBAPPS_PORT}/operate`,
    webapps: `http://localhost:${ports.HILO_WEBAPPS_PORT}`,
    hilo: `http://localhost:${ports.HILO_PORT}`,
    simulators: `http://localhost:${ports.HILO_SIMULATORS_PORT}`
  });
}

/** Below the ports that systems give to outgoing connections, which may take one before it is listened on, a minute later. */
const FIRST_PORT = 10_000;
const LAST_PORT = 32_000;

/** Ports nobody listens on; those given in the environment stay as they are. */
async function freePorts() {
  const held = [];
  const ports = {};
  for (const variable of Object.keys(PORTS)) {
    if (process.env[variable]) {
      ports[variable] = Number(process.env[variable]);
    } else {
      const server = await hold();
      held.push(server);
      ports[variable] = server.address().port;
    }
  }
  await Promise.all(held.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

/** Listens on a port that is free. */
async function hold() {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    const server = createServer();
    const isFree = await new Promise(resolve =>
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    if (isFree) {
      return server;
    }
  }
}

/**
 * Starts everything empty through ./run, or finds what runs.
 *
 * @returns {Promise<() => Promise<void>>} stops what was started and waits until it has ended
 */
export async function startStack() {
  if (ATTACHED) {
    name(Object.fromEntries(Object.entries(PORTS).map(([ key, usual ]) => [ key, process.env[key] || usual ])));
    const answer = await fetch(`${addresses.hilo}/actuator/health`).catch(error => error);
    if (!answer.ok) {
      throw new Error(`HILO_E2E_ATTACH=1, but Hilo is not healthy at ${addresses.hilo}: ${answer.status ?? answer.cause ?? answer}`);
    }
    return async () => {};
  }

  const ports = await freePorts();
  name(ports);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const run = spawn(join(ROOT, 'run'), [ '--fresh' ], {
    cwd: ROOT,
    stdio: [ 'ignore', 'pipe', 'pipe' ],
    env: {
      ...process.env,
      ...Object.fromEntries(Object.entries(ports).map(([ key, port ]) => [ key, String(port) ])),
      HILO_DATA: join(FOLDER, 'data'),
      HILO_LOGS: join(FOLDER, 'logs'),
      SPRING_APPLICATION_JSON: JSON.stringify(SETTINGS)
    }
  });
  const ended = new Promise(resolve => run.once('exit', (code, signal) => resolve(signal ?? code)));
  const interrupt = () => run.kill('SIGINT');
  // If the tests themselves are stopped, nothing of theirs stays behind.
  process.once('exit', interrupt);
  for (const signal of [ 'SIGINT', 'SIGTERM' ]) {
    process.once(signal, async () => {
      interrupt();
      await ended;
      process.exit(130);
    });
  }

  const log = createWriteStream(join(FOLDER, 'run.log'));
  let output = '';
  const isUp = new Promise(resolve => {
    for (const stream of [ run.stdout, run.stderr ]) {
      stream.on('data', data => {
        log.write(data);
        output += data;
        if (/^Everything is up/m.test(output)) {
          resolve(true);
        }
      });
    }
  });
  const stop = async () => {
    interrupt();
    const timer = setTimeout(() => run.kill('SIGKILL'), STOP_LIMIT);
    const code = await ended;
    clearTimeout(timer);
    process.removeListener('exit', interrupt);
    log.end();
    if (code === 'SIGKILL') {
      throw new Error(`./run did not stop within ${STOP_LIMIT / 1000} s of SIGINT; its output:\n${output.slice(-2000)}`);
    }
  };

  let timer;
  const tooLate = new Promise(resolve => { timer = setTimeout(() => resolve(false), START_LIMIT); });
  const result = await Promise.race([ isUp, ended.then(() => false), tooLate ]);
  clearTimeout(timer);
  if (!result) {
    await stop();
    throw new Error(`./run did not come up; its output:\n${output.slice(-4000)}`);
  }
  return stop;
}
