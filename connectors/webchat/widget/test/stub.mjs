// A small visitor API on loopback, as strict as the real one about tokens, origins and client ids,
// and a shop whose pages carry the widget. Tests make it fail in all the ways networks fail.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

const SCRIPT = new URL('../hilo-webchat.js', import.meta.url);

const DEFAULTS = {
  language: 'en',
  settings: { title: 'Tienda Aurora', colour: '#0f766e', prechat: [], continueOn: [] },
};

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export class Stub {
  /** Bodies posted to messages, in order, with what became of them. */
  posted = [];
  sessions = [];
  streams = new Set();
  streamsOpened = 0;
  heartbeats = true;
  language = DEFAULTS.language;
  settings = structuredClone(DEFAULTS.settings);
  /** 'up', 'unreachable' (connections break) or an HTTP status for every call. */
  mode = 'up';
  /** What happens to the next posts to messages: a status, 'break' (before) or 'lose' (after). */
  faults = [];
  sessionStatus = 200;
  streamsRefused = false;
  /** Whether pages of the shop may use the widget; browsers do not let them see the refusal. */
  allowed = true;
  csp = true;
  #tokens = new Map();
  #threads = new Map();
  #position = 0;

  static async start() {
    const stub = new Stub();
    stub.api = await listen((request, response) => stub.#api(request, response));
    stub.shop = await listen((request, response) => stub.#page(request, response));
    stub.#beat = setInterval(() => {
      if (stub.heartbeats) for (const stream of stub.streams) stream.response.write(': beat\n\n');
    }, 1000);
    return stub;
  }
  #beat;

  async stop() {
    clearInterval(this.#beat);
    await this.api.close();
    await this.shop.close();
  }

  /** The address of a page with the widget. */
  page(attributes = {}, query = '') {
    const given = new URLSearchParams({ widget: 'shop', ...attributes });
    return `${this.shop.origin}/zapatos?${query}${query && '&'}attributes=${
      encodeURIComponent(given.toString())}`;
  }

  /* ----- what the other side does ----- */

  get visitors() {
    return [...this.#threads.keys()];
  }

  /** Visitors who wrote; a tab that gives way may have looked for news as another one before. */
  get writers() {
    return this.visitors.filter((visitor) => this.#thread(visitor).messages.size > 0);
  }

  get visitor() {
    return this.visitors.at(-1);
  }

  texts(visitor = this.visitor) {
    return [...this.#thread(visitor).messages.values()].map((message) => message.text);
  }

  messages(kind = 'message') {
    return this.posted.filter((body) => body.kind === kind);
  }

  says(text, visitor = this.visitor) {
    const id = `out-${++this.#position}`;
    this.#append(visitor, { id, from: 'agent', text });
    return id;
  }

  types(visitor = this.visitor) {
    this.#emit(visitor, 'typing', { from: 'agent' });
  }

  proves(label, visitor = this.visitor) {
    this.#event(visitor, 'proven', { label });
  }

  state(id, state, visitor = this.visitor) {
    this.#thread(visitor).messages.get(id).state = state;
    this.#event(visitor, 'state', { id, state });
  }

  stateOf(id, visitor = this.visitor) {
    return this.#thread(visitor).messages.get(id).state;
  }

  expireTokens() {
    this.#tokens.clear();
  }

  dropStreams() {
    for (const { response } of this.streams) response.destroy();
  }

  /* ----- the API ----- */

  #thread(visitor) {
    if (!this.#threads.has(visitor)) {
      this.#threads.set(visitor, { messages: new Map(), events: [] });
    }
    return this.#threads.get(visitor);
  }

  #append(visitor, message) {
    const thread = this.#thread(visitor);
    const stored = { at: new Date().toISOString(), state: 'sent', ...message,
      position: ++this.#position };
    thread.messages.set(stored.id, stored);
    thread.events.push({ name: 'message', position: stored.position, data: stored });
    this.#emit(visitor, 'message', stored, stored.position);
    return stored;
  }

  #event(visitor, name, data) {
    const position = ++this.#position;
    this.#thread(visitor).events.push({ name, position, data });
    this.#emit(visitor, name, data, position);
  }

  #emit(visitor, name, data, position = this.#position) {
    for (const stream of this.streams) {
      if (stream.visitor === visitor) stream.response.write(format(name, data, position));
    }
  }

  async #api(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://stub');
    if (pathname === '/widgets/webchat/hilo-webchat.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' });
      response.end(readFileSync(SCRIPT));
      return;
    }
    if (this.mode === 'unreachable') {
      request.socket.destroy();
      return;
    }
    if (this.allowed) response.setHeader('Access-Control-Allow-Origin', this.shop.origin);
    response.setHeader('Vary', 'Origin');
    if (request.method === 'OPTIONS') {
      response.writeHead(204, {
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': 'authorization, content-type',
        'Access-Control-Max-Age': '600',
      });
      response.end();
      return;
    }
    const call = pathname.replace('/visitors/webchat/shop/', '');
    const body = request.method === 'POST' ? JSON.parse(await read(request)) : undefined;
    if (!this.allowed || request.headers.origin !== this.shop.origin) {
      return answer(response, 403, 'wrong origin');
    }
    if (this.mode !== 'up') return answer(response, this.mode, 'not now');
    const token = (request.headers.authorization || '').replace(/^Bearer /, '');
    if (call === 'session') return this.#session(response, token, body);
    const visitor = this.#tokens.get(token);
    if (!visitor) return answer(response, 401, 'the token has expired');
    if (call === 'messages') return this.#messages(request, response, visitor, body);
    if (call === 'events') return this.#events(response, visitor, searchParams.get('after'));
    if (call === 'proofs') {
      return answer(response, 200, { code: 'HILO-7K2M9QXP', label: 'WhatsApp',
        link: 'https://wa.me/576015550100?text=HILO-7K2M9QXP',
        expiresAt: new Date(Date.now() + (this.proofLifetime ?? 600_000)).toISOString() });
    }
    return answer(response, 404, `no such call: ${call}`);
  }

  #session(response, token, body) {
    this.sessions.push(body);
    if (this.sessionStatus !== 200) return answer(response, this.sessionStatus, 'no session');
    const visitor = this.#tokens.get(token) || `visitor-${randomUUID()}`;
    const fresh = randomUUID();
    this.#tokens.set(fresh, visitor);
    return answer(response, 200, { token: fresh, visitor, language: body.language || this.language,
      expiresAt: new Date(Date.now() + 864e5).toISOString(), settings: this.settings });
  }

  #messages(request, response, visitor, body) {
    const fault = body.kind === 'message' ? this.faults.shift() : undefined;
    if (fault === 'break') return request.socket.destroy();
    if (typeof fault === 'number') {
      return answer(response, fault, fault === 413 ? 'the text is too long' : 'try later');
    }
    this.posted.push(body);
    const taken = [];
    if (body.kind === 'message') {
      const thread = this.#thread(visitor);
      const id = `in-${body.clientId}`;
      if (!thread.messages.has(id)) {
        this.#append(visitor, { id, clientId: body.clientId, from: 'visitor', text: body.text });
      }
      taken.push({ clientId: body.clientId, id });
    } else if (body.kind === 'receipt') {
      for (const id of body.messages) {
        const message = this.#thread(visitor).messages.get(id);
        if (message && message.state !== 'read' && message.state !== body.state) {
          this.state(id, body.state, visitor);
        }
      }
    }
    if (fault === 'lose') return request.socket.destroy();
    return answer(response, 200, { messages: taken });
  }

  #events(response, visitor, after) {
    if (this.streamsRefused) return answer(response, 503, 'no streams now');
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': hello\n\n');
    const stream = { visitor, response };
    this.streams.add(stream);
    this.streamsOpened++;
    response.on('close', () => this.streams.delete(stream));
    // Some of it again, as the real one does.
    for (const { name, data, position } of this.#thread(visitor).events) {
      if (position > Number(after) - 2) response.write(format(name, data, position));
    }
    return undefined;
  }

  #page(request, response) {
    const url = new URL(request.url, 'http://stub');
    const attributes = new URLSearchParams(url.searchParams.get('attributes') || '');
    const lang = attributes.get('page-language');
    attributes.delete('page-language');
    const written = [...attributes].map(([name, value]) => `${name}="${value}"`).join(' ');
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    if (this.csp) {
      headers['Content-Security-Policy'] = `default-src 'none'; script-src ${this.api.origin}; `
        + `connect-src ${this.api.origin}; style-src 'self'; img-src 'self'; base-uri 'none'; `
        + "require-trusted-types-for 'script'";
    }
    response.writeHead(200, headers);
    response.end(`<!doctype html>
<html${lang ? ` lang="${lang}"` : ''}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Zapatos de cuero</title>
<script src="${this.api.origin}/widgets/webchat/hilo-webchat.js" defer></script></head>
<body><main><h1>Zapatos de cuero</h1><p><a href="#talla">Tallas</a></p></main>
<hilo-webchat server="${this.api.origin}" ${written}></hilo-webchat></body></html>`);
  }
}

function format(name, data, position) {
  return `id: ${position}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function read(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text || '{}';
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(status === 200 ? body : { error: body }));
}
