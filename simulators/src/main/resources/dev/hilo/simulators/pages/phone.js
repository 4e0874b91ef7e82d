// The customer's phone: who am I, and the chat with the business. Talks to /phone/api.

const TEXTS = {
  es: {
    title: 'Teléfono del cliente',
    choose: '¿Qué cliente eres?',
    hint: 'Elige un cliente o agrega uno con su número. Escribe al negocio como lo haría desde su teléfono.',
    chooseHint: 'Alguien siguió un enlace para escribirle a {business}. ¿Desde qué teléfono?',
    number: 'Número con código de país',
    name: 'Nombre',
    open: 'Abrir el chat',
    known: 'Clientes',
    nobody: 'Elige un cliente para abrir su teléfono.',
    back: 'Volver a los clientes',
    chat: 'Chat',
    power: 'Teléfono encendido',
    on: 'Encendido',
    off: 'Apagado',
    offCover: 'El teléfono está apagado. Los mensajes llegarán cuando se encienda.',
    as: 'Escribes como {name} · {number}',
    typing: 'escribiendo…',
    write: 'Escribe un mensaje',
    send: 'Enviar',
    empty: 'Aquí aún no hay mensajes. Saluda al negocio.',
    today: 'Hoy',
    yesterday: 'Ayer',
    sent: 'Enviado',
    delivered: 'Entregado',
    read: 'Leído',
    wrongNumber: 'El número empieza con + y el código de país, por ejemplo +57 300 555 0123.',
    notSent: 'No se pudo enviar. El texto sigue ahí: inténtalo otra vez.',
    unknownBusiness: 'Nadie tiene el número {digits}.',
  },
  en: {
    title: 'Customer phone',
    choose: 'Which customer are you?',
    hint: 'Pick a customer, or add one by number. Then write to the business as from their phone.',
    chooseHint: 'Somebody followed a link to write to {business}. From which phone?',
    number: 'Number with country code',
    name: 'Name',
    open: 'Open the chat',
    known: 'Customers',
    nobody: 'Pick a customer to open their phone.',
    back: 'Back to the customers',
    chat: 'Chat',
    power: 'Phone is on',
    on: 'On',
    off: 'Off',
    offCover: 'The phone is off. Messages will arrive when it is switched on.',
    as: 'You write as {name} · {number}',
    typing: 'typing…',
    write: 'Write a message',
    send: 'Send',
    empty: 'No messages here yet. Say hello to the business.',
    today: 'Today',
    yesterday: 'Yesterday',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    wrongNumber: 'The number begins with + and the country code, for example +57 300 555 0123.',
    notSent: 'It could not be sent. Your text is still there: try again.',
    unknownBusiness: 'Nobody has the number {digits}.',
  },
};
const LAST = 'hilo.phone.customer';
const LANGUAGE = 'hilo.phone.language';
const TINTS = ['#8a5aa8', '#2f7d8c', '#b0622f', '#4f7a3a', '#a84a6a', '#4a63b0'];
const ONE_TICK = 'M3 7l3 3 6-7';
const TWO_TICKS = 'M1 7l3 3 6-7M8 9.5l.7.5 6-7';

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
// A plus sign that somebody forgot to encode arrives as a space.
const param = (name) => query.get(name);
const askedNumber = (param('number') || '').replace(/^ /, '+');
const linkDigits = location.pathname.startsWith('/wa/') ? location.pathname.split('/')[2] : null;

let language = param('lang') || localStorage.getItem(LANGUAGE) || (navigator.language || 'es').slice(0, 2);
if (!TEXTS[language]) language = 'es';
let businesses = [];
let business = null;
let customer = null;
let messages = new Map();
let typing = false;
let source = null;
let fresh = true;

const t = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), TEXTS[language][key]);

async function call(method, path, body) {
  const answer = await fetch('/phone/api' + path, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error || answer.status);
  return json;
}

const path = (key) => '/customers/' + encodeURIComponent(key);

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, '').trim().split(/\s+/);
  return ((words[0] || '?')[0] + (words[1] || '').slice(0, 1)).toUpperCase();
}

function avatar(name) {
  const tint = TINTS[[...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TINTS.length];
  const node = element('span', { class: 'avatar', 'aria-hidden': 'true', style: `--tint:${tint}` });
  node.textContent = initials(name);
  return node;
}

function drawTexts() {
  document.documentElement.lang = language;
  document.querySelectorAll('[data-t]').forEach((node) => { node.textContent = t(node.dataset.t); });
  document.querySelectorAll('[data-language]').forEach((button) =>
    button.setAttribute('aria-pressed', String(button.dataset.language === language)));
  if (linkDigits) {
    $('people-title').textContent = t('choose');
    document.querySelector('.hint').textContent = business
      ? t('chooseHint', { business: business.name })
      : t('unknownBusiness', { digits: linkDigits });
  }
  document.title = customer ? `${customer.name} · ${t('title')}` : t('title');
  $('input').placeholder = t('write');
  $('input').setAttribute('aria-label', t('write'));
  $('send').setAttribute('aria-label', t('send'));
  $('back').setAttribute('aria-label', t('back'));
  $('power').setAttribute('aria-label', t('power'));
  document.querySelector('.handset').setAttribute('aria-label', t('chat'));
  if (customer) drawPhone();
}

async function drawPeople() {
  const people = await call('GET', '/customers');
  $('known-title').hidden = people.length === 0;
  $('customers').replaceChildren(...people.map((one) => {
    const name = element('b');
    name.textContent = one.name;
    const below = element('small');
    below.textContent = one.last || one.number || one.key;
    const button = element('button', { type: 'button', 'data-testid': 'phone-customer', 'data-key': one.key },
      avatar(one.name), name);
    if (one.unread > 0) {
      const count = element('span', { class: 'count' });
      count.textContent = one.unread;
      button.append(count);
    }
    button.append(below);
    if (customer && customer.key === one.key) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => open(one));
    return element('li', {}, button);
  }));
  return people;
}

function open(one) {
  customer = one;
  localStorage.setItem(LAST, one.key);
  messages = new Map();
  fresh = true;
  $('screen').hidden = false;
  $('nobody').hidden = true;
  $('power').checked = one.on;
  document.body.dataset.view = 'chat';
  drawTexts();
  drawChat(true);
  drawPeople();
  if (source) source.close();
  source = new EventSource('/phone/api' + path(one.key) + '/events');
  source.addEventListener('open', () => { fresh = true; });
  source.addEventListener('chat', (event) => update(JSON.parse(event.data)));
  if (!matchMedia('(pointer: coarse)').matches) $('input').focus();
}

function update(view) {
  if (fresh) messages = new Map();
  fresh = false;
  view.messages.forEach((message) => messages.set(message.wamid, message));
  customer.on = view.on;
  typing = view.typing;
  $('power').checked = view.on;
  drawPhone();
  drawChat();
  readIfSeen();
  drawPeople();
}

function drawPhone() {
  $('business-name').textContent = business ? business.name : '';
  $('business-avatar').textContent = business ? initials(business.name) : '?';
  $('business-state').textContent = typing && customer.on ? t('typing') : business ? business.displayPhoneNumber : '';
  $('power-text').textContent = t(customer.on ? 'on' : 'off');
  $('as').textContent = t('as', { name: customer.name, number: customer.number || customer.key });
  $('off').hidden = customer.on;
  $('input').disabled = !customer.on;
  $('send').disabled = !customer.on;
}

function ticks(message) {
  const state = message.readAt ? 'read' : message.deliveredAt ? 'delivered' : 'sent';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 12');
  svg.setAttribute('class', 'ticks ' + state);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', t(state));
  svg.setAttribute('data-state', state);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', state === 'sent' ? ONE_TICK : TWO_TICKS);
  svg.append(line);
  return svg;
}

function bubble(message) {
  const own = message.fromCustomer;
  const text = element('span', { class: 'text' });
  text.textContent = message.text;
  const time = element('time', { datetime: message.at });
  time.textContent = new Date(message.at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  const meta = element('span', { class: 'meta' }, time);
  if (own) meta.append(ticks(message));
  return element('div', {
    class: 'bubble ' + (own ? 'out' : 'in'),
    'data-testid': own ? 'message-out' : 'message-in',
    'data-wamid': message.wamid,
  }, text, meta);
}

function dayOf(message) {
  const day = new Date(message.at).toDateString();
  if (day === new Date().toDateString()) return t('today');
  if (day === new Date(Date.now() - 864e5).toDateString()) return t('yesterday');
  return new Date(message.at).toLocaleDateString(language, { day: 'numeric', month: 'long' });
}

function drawChat(toEnd = false) {
  const chat = $('chat');
  const atEnd = toEnd || chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
  const sorted = [...messages.values()].sort((a, b) => a.order - b.order);
  const nodes = [];
  let day = null;
  for (const message of sorted) {
    if (dayOf(message) !== day) {
      day = dayOf(message);
      const node = element('div', { class: 'day' });
      node.textContent = day;
      nodes.push(node);
    }
    const old = chat.querySelector(`[data-wamid="${CSS.escape(message.wamid)}"]`);
    const now = bubble(message);
    // Nodes that did not change stay, so that a screen reader does not read them again.
    nodes.push(old && old.isEqualNode(now) ? old : now);
  }
  if (nodes.length === 0) {
    const node = element('p', { class: 'empty' });
    node.textContent = t('empty');
    nodes.push(node);
  }
  chat.replaceChildren(...nodes);
  if (atEnd) chat.scrollTop = chat.scrollHeight;
}

function readIfSeen() {
  const unread = [...messages.values()].some((message) => !message.fromCustomer && !message.readAt);
  const seen = document.visibilityState === 'visible' && document.body.dataset.view === 'chat';
  if (unread && seen && customer.on) call('POST', path(customer.key) + '/read').catch(() => {});
}

function grow() {
  const input = $('input');
  input.style.height = 'auto';
  input.style.height = Math.min(input.scrollHeight + 2, 128) + 'px';
}

async function send() {
  const text = $('input').value.trim();
  if (!text || !customer || $('send').disabled) return;
  $('send').disabled = true;
  try {
    await call('POST', path(customer.key) + '/messages', { text, business: business ? business.id : '' });
    $('input').value = '';
    $('send-error').hidden = true;
    grow();
  } catch {
    $('send-error').textContent = t('notSent');
    $('send-error').hidden = false;
  }
  $('send').disabled = !customer.on;
  $('input').focus();
}

$('join').addEventListener('submit', async (event) => {
  event.preventDefault();
  const number = $('number').value.trim();
  try {
    if (!number.startsWith('+')) throw new Error('number');
    const one = await call('POST', '/customers', { number, name: $('name').value });
    $('join-error').hidden = true;
    $('number').value = '';
    $('name').value = '';
    open(one);
  } catch (problem) {
    $('join-error').textContent = /number/.test(problem.message) ? t('wrongNumber') : problem.message;
    $('join-error').hidden = false;
  }
});
$('composer').addEventListener('submit', (event) => { event.preventDefault(); send(); });
$('input').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
});
$('input').addEventListener('input', grow);
$('power').addEventListener('change', (event) =>
  call('PUT', path(customer.key) + '/power', { on: event.target.checked }).catch(() => {
    event.target.checked = customer.on;
  }));
$('back').addEventListener('click', () => { document.body.dataset.view = 'people'; drawPeople(); });
document.addEventListener('visibilitychange', () => { if (customer) readIfSeen(); });
document.querySelectorAll('[data-language]').forEach((button) => button.addEventListener('click', () => {
  language = button.dataset.language;
  localStorage.setItem(LANGUAGE, language);
  drawTexts();
  if (customer) drawChat();
}));

async function start() {
  businesses = await call('GET', '/businesses');
  business = linkDigits
    ? businesses.find((one) => one.digits === linkDigits) || null
    : businesses.find((one) => one.digits === param('to')) || businesses[0];
  drawTexts();
  const people = await drawPeople();
  $('input').value = param('text') || '';
  if (askedNumber) {
    try {
      open(await call('POST', '/customers', { number: askedNumber, name: param('name') || '' }));
    } catch {
      $('number').value = askedNumber;
      $('join-error').textContent = t('wrongNumber');
      $('join-error').hidden = false;
    }
  } else if (linkDigits && business) {
    // A link to a chat opens on the phone that was used last.
    const last = people.find((one) => one.key === localStorage.getItem(LAST));
    if (last) open(last);
  }
  grow();
  setInterval(() => { if (document.visibilityState === 'visible') drawPeople().catch(() => {}); }, 5000);
}

start();
