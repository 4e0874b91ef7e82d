// The customer's phone: who am I, and the chat with the business. Talks to /phone/api.

import { $, caller, composer, drawMessages, element, grow, initials, peopleList, ticks, timeOf, words } from './chat.js';

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

const query = new URLSearchParams(location.search);
// A plus sign that somebody forgot to encode arrives as a space.
const param = (name) => query.get(name);
const askedNumber = (param('number') || '').replace(/^ /, '+');
const linkDigits = location.pathname.startsWith('/wa/') ? location.pathname.split('/')[2] : null;

let businesses = [];
let business = null;
let customer = null;
let messages = new Map();
let typing = false;
let source = null;
let fresh = true;

const call = caller('/phone/api');
const texts = words(TEXTS, param('lang'), () => { drawTexts(); if (customer) drawChat(); });
const t = texts.t;

const path = (key) => '/customers/' + encodeURIComponent(key);

function drawTexts() {
  texts.draw();
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
  $('customers').replaceChildren(
    ...peopleList(people, customer, (one) => one.last || one.number || one.key, open));
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

const stateOf = (message) => (message.readAt ? 'read' : message.deliveredAt ? 'delivered' : 'sent');

function bubble(message) {
  const own = message.fromCustomer;
  const text = element('span', { class: 'text' });
  text.textContent = message.text;
  const time = element('time', { datetime: message.at });
  time.textContent = timeOf(message.at, texts.language);
  const meta = element('span', { class: 'meta' }, time);
  if (own) meta.append(ticks(stateOf(message), t(stateOf(message))));
  return element('div', {
    class: 'bubble ' + (own ? 'out' : 'in'),
    'data-testid': own ? 'message-out' : 'message-in',
    'data-wamid': message.wamid,
  }, text, meta);
}

function drawChat(toEnd = false) {
  drawMessages($('chat'), messages, 'wamid', bubble, texts, toEnd);
}

function readIfSeen() {
  const unread = [...messages.values()].some((message) => !message.fromCustomer && !message.readAt);
  const seen = document.visibilityState === 'visible' && document.body.dataset.view === 'chat';
  if (unread && seen && customer.on) call('POST', path(customer.key) + '/read').catch(() => {});
}

async function send() {
  const text = $('input').value.trim();
  if (!text || !customer || $('send').disabled) return;
  $('send').disabled = true;
  try {
    await call('POST', path(customer.key) + '/messages', { text, business: business ? business.id : '' });
    $('input').value = '';
    $('send-error').hidden = true;
    grow($('input'));
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
composer($('composer'), $('input'), send);
$('power').addEventListener('change', (event) =>
  call('PUT', path(customer.key) + '/power', { on: event.target.checked }).catch(() => {
    event.target.checked = customer.on;
  }));
$('back').addEventListener('click', () => { document.body.dataset.view = 'people'; drawPeople(); });
document.addEventListener('visibilitychange', () => { if (customer) readIfSeen(); });

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
  grow($('input'));
  setInterval(() => { if (document.visibilityState === 'visible') drawPeople().catch(() => {}); }, 5000);
}

start();
