// A small visitor API on loopback, as strict as the real one about tokens, origins and client ids,
// and a shop whose pages carry the widget. Tests make it fail in all the ways networks fail.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';

const SCRIPT = new URL('../hilo-webchat.js', import.meta.url);

/** A PNG: a red field of 32 by 20. */
export const PICTURE = (() => {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(32, 0);
  head.writeUInt32BE(20, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(96, Buffer.from([200, 60, 40]))]);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(Array(20).fill(row)))), chunk('IEND', Buffer.alloc(0))]);
})();

/** Source: PNG specification, annex D. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** HILO_LATENCY=800 makes every answer up to so many milliseconds late: tests must not mind. */
const LATENCY = Number(process.env.HILO_LATENCY || 0);

const DEFAULTS = {
  language: 'en',
  settings: { title: 'Tienda Aurora', colour: '#0f766e', prechat: [], continueOn: [] },
};

async function listen(handler) {
  const server = createServer((request, response) => {
    Promise.resolve(handler(request, response)).catch((error) => {
      // A page that is closed breaks off what it was sending.
      if (error.code !== 'ECONNRESET') throw error;
    });
  });
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
  /** What the server says about who is on. */
  availability = { open: true, mail: false };
  /** Uploads by their id, and what happens to the next ones: a status or [status, code]. */
  uploads = new Map();
  uploadFaults = [];
  /** Calls of the API, answered or not. */
  calls = 0;
  transcripts = [];
  transcriptFault = undefined;
  /** Questions before the chat that the page's server answers with an identity. */
  answered = [];
  /** Whether only verified visitors may write. */
  verifiedOnly = false;
  #verified = new Map();
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
    this.letUploadsGo();
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

  /** Files as the server lists them; pictures have a thumbnail. */
  shows(files, text = '', visitor = this.visitor) {
    const id = `out-${++this.#position}`;
    this.#append(visitor, { id, from: 'agent', text, files: files.map(({ name, type, size }) => ({
      name, type, size, url: `${this.api.origin}/media/${name}?signature=s`,
      thumbnail: type.startsWith('image/') ? `${this.api.origin}/media/thumb-${name}` : undefined,
    })) });
    return id;
  }

  asks(text, choices, visitor = this.visitor) {
    const id = `out-${++this.#position}`;
    this.#append(visitor, { id, from: 'agent', text, choices });
    return id;
  }

  changesAvailability(availability, visitor = this.visitor) {
    this.availability = availability;
    this.#emit(visitor, 'availability', availability);
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

  /** Uploads from now on stay on their way until they are let go. */
  holdUploads() {
    this.#held = new Promise((resolve) => {
      this.letUploadsGo = resolve;
    });
  }
  #held = Promise.resolve();
  letUploadsGo = () => {};

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
    if (pathname.startsWith('/media/')) {
      response.writeHead(200, { 'Content-Type': 'image/png', 'Access-Control-Allow-Origin': '*',
        'Content-Disposition': 'attachment' });
      response.end(PICTURE);
      return;
    }
    this.calls++;
    if (LATENCY) await new Promise((resolve) => setTimeout(resolve, Math.random() * LATENCY));
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
    const raw = request.method === 'POST' ? await read(request) : Buffer.alloc(0);
    const body = request.method === 'POST' && call !== 'files'
      ? JSON.parse(raw.toString() || '{}') : undefined;
    if (!this.allowed || request.headers.origin !== this.shop.origin) {
      return answer(response, 403, 'wrong origin');
    }
    if (this.mode !== 'up') return answer(response, this.mode, 'not now');
    const token = (request.headers.authorization || '').replace(/^Bearer /, '');
    if (call === 'session') return this.#session(response, token, body);
    const visitor = this.#tokens.get(token);
    if (!visitor) return answer(response, 401, 'the token has expired');
    if (call === 'files') return this.#files(request, response, visitor, raw, searchParams);
    if (call === 'transcript') {
      if (this.transcriptFault) return answer(response, ...this.transcriptFault);
      this.transcripts.push(body);
      return answer(response, 200, {});
    }
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
    const old = this.#tokens.get(token);
    let visitor = old || `visitor-${randomUUID()}`;
    if (body.identity) {
      const who = /^good:(.+)$/.exec(body.identity.token || body.identity.hash);
      if (!who) {
        return answer(response, 401, 'the identity is not good',
          body.identity.token === 'expired' ? 'expired-token' : 'bad-signature');
      }
      const before = this.#verified.get(old);
      if (before && before !== who[1]) visitor = `visitor-${randomUUID()}`;
      this.#verified.set(visitor, who[1]);
    } else if (this.verifiedOnly && !this.#verified.has(old)) {
      return answer(response, 403, 'verified visitors only', 'wrong-verify-token');
    }
    const fresh = randomUUID();
    this.#tokens.set(fresh, visitor);
    return answer(response, 200, { token: fresh, visitor, language: body.language || this.language,
      expiresAt: new Date(Date.now() + 864e5).toISOString(), settings: { ...this.settings,
        prechat: this.settings.prechat.filter((ask) =>
          !this.#verified.has(visitor) || !this.answered.includes(ask.name)) },
      availability: this.availability });
  }

  /** Who the stub was told that a visitor is. */
  identityOf(visitor = this.visitor) {
    return this.#verified.get(visitor);
  }

  async #files(request, response, visitor, raw, query) {
    await this.#held;
    const fault = this.uploadFaults.shift();
    if (fault === 'break') return request.socket.destroy();
    if (fault) return answer(response, fault[0], 'refused', fault[1]);
    const id = `file-${this.uploads.size + 1}`;
    const type = request.headers['content-type'];
    const upload = { id, visitor, name: query.get('name'), type, size: raw.length };
    this.uploads.set(id, upload);
    return answer(response, 200, { id, name: upload.name, type, size: upload.size,
      url: `${this.api.origin}/media/${id}?signature=s`,
      thumbnail: type.startsWith('image/') ? `${this.api.origin}/media/thumb-${id}` : undefined });
  }

  #messages(request, response, visitor, body) {
    const fault = body.kind === 'message' ? this.faults.shift() : undefined;
    if (fault === 'break') return request.socket.destroy();
    if (typeof fault === 'number') {
      return answer(response, fault, 'refused');
    }
    this.posted.push(body);
    const taken = [];
    if (body.kind === 'message' || body.kind === 'choice') {
      const thread = this.#thread(visitor);
      const id = `in-${body.clientId}`;
      if (!thread.messages.has(id)) {
        this.#append(visitor, { id, clientId: body.clientId, from: 'visitor',
          text: body.text ?? body.title, answers: body.to,
          files: body.files?.map((file) => ({ ...file,
            url: `${this.api.origin}/media/${file.id}?signature=s` })) });
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
    response.write(format('availability', this.availability, this.#position));
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
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

function answer(response, status, body, code) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(status === 200 ? body : { error: body, code }));
}
