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
    edited: 'editado',
    gone: 'Eliminaste este mensaje',
    more: 'Opciones del mensaje',
    reply: 'Responder',
    edit: 'Editar',
    revoke: 'Eliminar para todos',
    react: 'Reaccionar con {emoji}',
    replyTo: 'Respondes a: {text}',
    editing: 'Editas tu mensaje',
    cancel: 'Cancelar',
    attach: 'Adjuntar',
    extraFile: 'Foto o archivo',
    extraVoice: 'Nota de voz',
    extraSticker: 'Sticker',
    extraLocation: 'Ubicación',
    extraContact: 'Contacto',
    attachment: 'Adjunto: {type}',
    lost: 'El archivo ya no está disponible',
    place: 'Parque de la 93',
    cardName: 'Mamá',
    code: 'Código: {code}',
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
    edited: 'edited',
    gone: 'You deleted this message',
    more: 'Message options',
    reply: 'Reply',
    edit: 'Edit',
    revoke: 'Delete for everyone',
    react: 'React with {emoji}',
    replyTo: 'You reply to: {text}',
    editing: 'You edit your message',
    cancel: 'Cancel',
    attach: 'Attach',
    extraFile: 'Photo or file',
    extraVoice: 'Voice note',
    extraSticker: 'Sticker',
    extraLocation: 'Location',
    extraContact: 'Contact',
    attachment: 'Attachment: {type}',
    lost: 'The file is no longer available',
    place: '93 Park',
    cardName: 'Mum',
    code: 'Code: {code}',
  },
};
const LAST = 'hilo.phone.customer';
const REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

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
// What the next message is: {kind: 'reply'|'edit', message}.
let context = null;
let opened = null;

const call = caller('/phone/api');
const texts = words(TEXTS, param('lang'), () => { drawTexts(); if (customer) drawChat(); });
const t = texts.t;

const path = (key) => '/customers/' + encodeURIComponent(key);
const messagePath = (wamid) => `${path(customer.key)}/messages/${encodeURIComponent(wamid)}`;
const media = (asset) => '/phone/api/media/' + encodeURIComponent(asset);

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
  $('attach').setAttribute('aria-label', t('attach'));
  $('extras').setAttribute('aria-label', t('attach'));
  $('context-cancel').setAttribute('aria-label', t('cancel'));
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
  setContext(null);
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
  $('attach').disabled = !customer.on;
  $('typing').hidden = !typing || !customer.on;
}

const stateOf = (message) => (message.readAt ? 'read' : message.deliveredAt ? 'delivered' : 'sent');

function note(text, kind = 'note') {
  const node = element('span', { class: kind });
  node.textContent = text;
  return node;
}

const shortText = (message) => ((message.marks || {}).deletedAt
  ? t('gone')
  : message.text || t('attachment', { type: (message.parts && message.parts.file || {}).type || '?' }));

function fileNode({ type, asset, name }) {
  const source = media(asset);
  if (type === 'image' || type === 'sticker') {
    const image = element('img', { src: source, alt: '', class: type });
    image.addEventListener('error', () => image.replaceWith(note(t('lost'))));
    return image;
  }
  if (type === 'audio' || type === 'video') return element(type, { src: source, controls: '' });
  const link = element('a', { class: 'file', href: source, download: name, 'data-testid': 'message-file' });
  link.textContent = '↓ ' + name;
  return link;
}

function choiceNode(choice) {
  if (choice.kind === 'URL') {
    const web = /^(https?:\/\/|tel:)/.test(choice.id);
    const link = element('a', { class: 'choice', ...(web ? { href: choice.id, target: '_blank', rel: 'noopener' } : {}) });
    link.textContent = choice.title;
    return link;
  }
  if (choice.kind === 'COPY_CODE') return note(t('code', { code: choice.id }), 'choice');
  const button = element('button', {
    type: 'button', class: 'choice', 'data-deed': 'tap', 'data-testid': 'message-button', 'data-choice': choice.id,
  });
  button.textContent = choice.title;
  if (choice.description) button.append(element('small', {}, choice.description));
  return button;
}

// A list opens by its button, as on the real phone.
function menuNode({ button, choices }) {
  const all = element('span', { class: 'choices' }, ...choices.map(choiceNode));
  if (!button) return all;
  const summary = element('summary', { 'data-testid': 'message-list' });
  summary.textContent = button;
  return element('details', {}, summary, all);
}

function bubble(message) {
  const own = message.fromCustomer;
  const marks = message.marks || {};
  const parts = message.parts || {};
  const node = element('div', {
    class: 'bubble ' + (own ? 'out' : 'in'),
    'data-testid': own ? 'message-out' : 'message-in',
    'data-wamid': message.wamid,
  });
  const text = element('span', { class: 'text' });
  if (marks.deletedAt) {
    node.classList.add('gone');
    text.textContent = t('gone');
    node.append(text);
  } else {
    if (parts.replyTo) {
      const quoted = messages.get(parts.replyTo);
      node.append(note(quoted ? shortText(quoted) : '…', 'quote'));
    }
    if (parts.file) node.append(fileNode(parts.file));
    if (parts.heading) node.append(note(parts.heading, 'heading'));
    text.textContent = message.text;
    node.append(text);
    if (parts.footer) node.append(note(parts.footer, 'footer'));
    if (parts.menu) node.append(menuNode(parts.menu));
  }
  const time = element('time', { datetime: message.at });
  time.textContent = timeOf(message.at, texts.language);
  const meta = element('span', { class: 'meta' });
  if (marks.editedAt && !marks.deletedAt) meta.append(t('edited') + ' · ');
  meta.append(time);
  if (own) meta.append(ticks(stateOf(message), t(stateOf(message))));
  node.append(meta);
  const reactions = [marks.customerReaction, marks.businessReaction].filter(Boolean);
  if (marks.deletedAt) return node;
  if (reactions.length) {
    const badge = element('span', { class: 'reaction', 'data-testid': 'message-reaction' });
    badge.textContent = reactions.join('');
    node.append(badge);
    node.classList.add('reacted');
  }
  const more = element('button', {
    type: 'button', class: 'more', 'data-deed': 'more', 'data-testid': 'message-more',
    'aria-label': t('more'), 'aria-expanded': String(opened === message.wamid),
  });
  more.textContent = '⋯';
  node.append(more);
  return node;
}

function deeds(message) {
  const own = message.fromCustomer;
  const node = element('div', { class: 'deeds ' + (own ? 'out' : 'in'), role: 'group', 'data-of': message.wamid, 'aria-label': t('more') });
  const add = (deed, label, attributes = {}) => {
    const button = element('button', { type: 'button', 'data-deed': deed, 'data-testid': 'message-' + deed, ...attributes });
    button.textContent = label;
    node.append(button);
  };
  for (const emoji of REACTIONS) add('react', emoji, { class: 'emoji', 'aria-label': t('react', { emoji }) });
  add('reply', t('reply'));
  if (own && message.text) add('edit', t('edit'));
  if (own) add('revoke', t('revoke'));
  return node;
}

function drawChat(toEnd = false) {
  const chat = $('chat');
  drawMessages(chat, messages, 'wamid', bubble, texts, toEnd);
  const message = opened && messages.get(opened);
  if (!message) return;
  const node = chat.querySelector(`[data-wamid="${CSS.escape(opened)}"]`);
  node.after(deeds(message));
  node.nextSibling.scrollIntoView({ block: 'nearest' });
}

function setContext(next) {
  context = next;
  opened = null;
  $('context').hidden = !next;
  if (next) $('context-text').textContent = next.kind === 'edit' ? t('editing') : t('replyTo', { text: shortText(next.message) });
}

async function attempt(deed) {
  try {
    await deed();
    $('send-error').hidden = true;
    return true;
  } catch {
    $('send-error').textContent = t('notSent');
    $('send-error').hidden = false;
    return false;
  }
}

async function does(deed, message, target) {
  if (deed === 'more') {
    opened = opened === message.wamid ? null : message.wamid;
    drawChat();
    return;
  }
  opened = null;
  if (deed === 'react') {
    const emoji = target.textContent;
    const again = (message.marks || {}).customerReaction === emoji;
    await attempt(() => call('PUT', messagePath(message.wamid) + '/reaction', again ? {} : { emoji }));
  } else if (deed === 'revoke') {
    await attempt(() => call('DELETE', messagePath(message.wamid)));
  } else if (deed === 'tap') {
    await attempt(() => call('POST', messagePath(message.wamid) + '/taps', { id: target.dataset.choice }));
  } else {
    setContext({ kind: deed, message });
    if (deed === 'edit') $('input').value = message.text;
    grow($('input'));
    $('input').focus();
  }
  drawChat();
}

const toBusiness = (way, more = {}) => `${path(customer.key)}/${way}?` + new URLSearchParams({ business: business ? business.id : '', ...more });

async function sendFile(file, more = {}) {
  const caption = $('input').value.trim();
  const said = more.type ? {} : { ...(caption ? { caption } : {}) };
  const sent = await attempt(() => call('POST', toBusiness('files', { name: file.name || 'sticker.webp', ...said, ...more }), file));
  if (sent && said.caption) $('input').value = '';
}

// Drawn here, because nothing else in the house can write a WebP.
function sticker() {
  const canvas = element('canvas', { width: 256, height: 256 });
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#c2552d';
  pen.beginPath();
  pen.moveTo(128, 226);
  pen.bezierCurveTo(-40, 120, 40, -10, 128, 74);
  pen.bezierCurveTo(216, -10, 296, 120, 128, 226);
  pen.fill();
  return new Promise((done) => { canvas.toBlob(done, 'image/webp'); });
}

const EXTRAS = {
  file: () => $('file').click(),
  voice: () => attempt(() => call('POST', toBusiness('voice'))),
  sticker: async () => sendFile(await sticker(), { type: 'sticker' }),
  location: () => attempt(() => call('POST', toBusiness('location'), {
    latitude: 4.6766, longitude: -74.0483, name: t('place'), address: 'Calle 93A #12-57, Bogotá',
  })),
  contact: () => attempt(() => call('POST', toBusiness('contact'), { name: t('cardName'), number: '+57 300 555 0199' })),
};

function showExtras(shown) {
  $('extras').hidden = !shown;
  $('attach').setAttribute('aria-expanded', String(shown));
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
  const now = context;
  const sent = await attempt(() => (now && now.kind === 'edit'
    ? call('PUT', messagePath(now.message.wamid), { text })
    : call('POST', path(customer.key) + '/messages', {
      text,
      business: business ? business.id : '',
      ...(now ? { replyTo: now.message.wamid } : {}),
    })));
  if (sent) {
    $('input').value = '';
    setContext(null);
    grow($('input'));
    drawChat();
  }
  $('send').disabled = !customer.on;
  $('input').focus();
}

$('chat').addEventListener('click', (event) => {
  const target = event.target.closest('[data-deed]');
  if (!target || !customer.on) return;
  const holder = target.closest('[data-wamid], [data-of]');
  const message = messages.get(holder.dataset.wamid || holder.dataset.of);
  if (message) does(target.dataset.deed, message, target);
});
$('attach').addEventListener('click', () => showExtras($('extras').hidden));
$('extras').addEventListener('click', (event) => {
  const target = event.target.closest('[data-extra]');
  if (!target || !customer.on) return;
  showExtras(false);
  EXTRAS[target.dataset.extra]();
});
$('file').addEventListener('change', async () => {
  const [file] = $('file').files;
  if (file) await sendFile(file);
  $('file').value = '';
});
$('context-cancel').addEventListener('click', () => {
  if (context && context.kind === 'edit') $('input').value = '';
  setContext(null);
});
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
