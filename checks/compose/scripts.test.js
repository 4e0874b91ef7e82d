// The shell scripts that deploy/ puts into containers, run here against small local servers.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from './parts.js';

function run(script, args, env = {}) {
  return new Promise((resolve) => {
    execFile('bash', [join(root, 'deploy', script), ...args], { env: { PATH: process.env.PATH, ...env } }, (error, out, err) =>
      resolve({ code: error ? error.code : 0, out, err }),
    );
  });
}

const listening = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(String(server.address().port))));

describe('http-health', () => {
  const web = createServer((request, response) => {
    response.statusCode = request.url === '/healthy' ? 200 : request.url === '/nothing' ? 204 : 503;
    response.end();
  });
  const silent = createTcpServer(() => {});
  let webPort;
  let silentPort;
  before(async () => {
    webPort = await listening(web);
    silentPort = await listening(silent);
  });
  after(() => {
    web.closeAllConnections();
    web.close();
    silent.close();
  });

  test('succeeds on 2xx', async () => {
    assert.equal((await run('http-health', [webPort, '/healthy'])).code, 0);
    assert.equal((await run('http-health', [webPort, '/nothing'])).code, 0);
  });

  test('fails on 503 and says so', async () => {
    const { code, err } = await run('http-health', [webPort, '/ill']);
    assert.equal(code, 1);
    assert.match(err, /answered \/ill with HTTP\/1\.1 503/);
  });

  test('fails when nothing listens', async () => {
    const gone = createServer();
    const port = await listening(gone);
    await new Promise((resolve) => gone.close(resolve));
    const { code, err } = await run('http-health', [port, '/healthy']);
    assert.equal(code, 1);
    assert.match(err, new RegExp(`nothing listens on port ${port}`));
  });

  test('fails when the answer does not come within 3 seconds', async () => {
    const { code, err } = await run('http-health', [silentPort, '/healthy']);
    assert.equal(code, 1);
    assert.match(err, /did not answer \/healthy within 3 seconds/);
  });
});

describe('create-users', () => {
  const requests = [];
  let answer = 200;
  const store = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      requests.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body });
      response.statusCode = answer;
      response.end(answer === 200 ? '{"created":true}' : '{"error":"no"}');
    });
  });
  let env;
  before(async () => {
    env = {
      STORE_URL: `http://127.0.0.1:${await listening(store)}`,
      ELASTIC_PASSWORD: 'superuser-secret',
      CAMUNDA_STORE_PASSWORD: 'camunda-secret',
      HILO_STORE_PASSWORD: 'hilo_secret-1',
    };
  });
  after(() => {
    store.closeAllConnections();
    store.close();
  });

  test('creates two roles and two users, each with its own indices and password', async () => {
    requests.length = 0;
    answer = 200;
    const { code, err } = await run('elasticsearch/create-users', [], env);
    assert.equal(code, 0, err);
    assert.deepEqual(requests.map((request) => `${request.method} ${request.url}`), [
      'PUT /_security/role/camunda',
      'PUT /_security/role/hilo',
      'PUT /_security/user/camunda',
      'PUT /_security/user/hilo',
    ]);
    const basic = `Basic ${Buffer.from('elastic:superuser-secret').toString('base64')}`;
    assert.ok(requests.every((request) => request.authorization === basic));
    const [camundaRole, hiloRole, camundaUser, hiloUser] = requests.map((request) => JSON.parse(request.body));
    assert.deepEqual(camundaRole.indices[0].names, ['camunda-*', 'operate-*', 'tasklist-*']);
    assert.deepEqual(hiloRole.indices[0].names, ['hilo-*']);
    assert.deepEqual([camundaUser.password, camundaUser.roles], ['camunda-secret', ['camunda']]);
    assert.deepEqual([hiloUser.password, hiloUser.roles], ['hilo_secret-1', ['hilo']]);
  });

  test('fails with the answer of a store that refuses', async () => {
    answer = 401;
    const { code, err } = await run('elasticsearch/create-users', [], env);
    assert.equal(code, 1);
    assert.match(err, /PUT \/_security\/role\/camunda was answered with 401: \{"error":"no"\}/);
  });

  test('refuses a password that would break the JSON, and a missing one', async () => {
    requests.length = 0;
    const broken = await run('elasticsearch/create-users', [], { ...env, HILO_STORE_PASSWORD: 'with"quote-in-it' });
    assert.equal(broken.code, 1);
    assert.match(broken.err, /HILO_STORE_PASSWORD must be 12 or more letters, digits, - or _/);
    const missing = await run('elasticsearch/create-users', [], { ...env, CAMUNDA_STORE_PASSWORD: '' });
    assert.equal(missing.code, 1);
    assert.match(missing.err, /CAMUNDA_STORE_PASSWORD is missing/);
    assert.equal(requests.length, 0);
  });

  test('never prints a password', async () => {
    for (const status of [200, 500]) {
      answer = status;
      const { out, err } = await run('elasticsearch/create-users', [], env);
      assert.doesNotMatch(out + err, /secret/);
    }
  });
});

describe('make-env', () => {
  test('makes up every password, keeps what is there, for the owner only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hilo-make-env-'));
    try {
      assert.equal((await run('make-env', [folder])).code, 0);
      const env = readFileSync(join(folder, '.env'), 'utf8');
      const passwords = [...env.matchAll(/^[A-Z_]+_PASSWORD=(.*)$/gm)].map((match) => match[1]);
      assert.equal(passwords.length, 7);
      assert.ok(passwords.every((password) => /^[A-Za-z0-9_-]{32}$/.test(password)));
      assert.equal(new Set(passwords).size, 7);
      const channels = readFileSync(join(folder, 'deploy/channels.env'), 'utf8');
      assert.match(channels, /^HILO_WEBCHAT_TOKEN_SECRET=[A-Za-z0-9_-]{32}$/m);
      assert.match(channels, /^HILO_WHATSAPP_APP_SECRET=$/m);
      assert.equal(statSync(join(folder, '.env')).mode & 0o077, 0);

      writeFileSync(join(folder, '.env'), 'MINE=1\n');
      const again = await run('make-env', [folder]);
      assert.equal(again.code, 0);
      assert.match(again.out, /is there already, left as it is/);
      assert.equal(readFileSync(join(folder, '.env'), 'utf8'), 'MINE=1\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
