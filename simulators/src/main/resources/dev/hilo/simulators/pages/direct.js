// A customer's Messenger or Instagram: the chat with the business. Talks to /messenger/api or
// /instagram/api; what differs between the two stands in PROVIDERS.

import {
  $, caller, composer, drawMessages, element, grow, icon, initials, peopleList, ticks, timeOf, words,
} from './chat.js';

const TEXTS = {
  es: {
    messengerTitle: 'Messenger del cliente',
    instagramTitle: 'Instagram del cliente',
    hint: 'Elige un cliente o agrega uno con su nombre. Escribe al negocio como lo haría desde su teléfono.',
    name: 'Nombre',
    username: 'Usuario',
    open: 'Abrir el chat',
    known: 'Clientes',
    nobody: 'Elige un cliente para abrir su chat.',
    back: 'Volver a los clientes',
    chat: 'Chat',
    power: 'Teléfono encendido',
    on: 'Encendido',
    off: 'Apagado',
    offCover: 'El teléfono está apagado. Los mensajes llegarán cuando se encienda.',
    as: 'Escribes como {name}',
    typing: 'escribiendo…',
    write: 'Escribe un mensaje',
    send: 'Enviar',
    attach: 'Enviar una foto o un archivo',
    like: 'Enviar {emoji}',
    mention: 'Mencionar al negocio en tu historia',
    story: 'Responder a la historia de {name}',
    empty: 'Aquí aún no hay mensajes. Saluda al negocio.',
    today: 'Hoy',
    yesterday: 'Ayer',
    sent: 'Enviado',
    delivered: 'Entregado',
    read: 'Visto',
    edited: 'editado',
    gone: 'Mensaje eliminado',
    more: 'Opciones del mensaje',
    reply: 'Responder',
    edit: 'Editar',
    unsend: 'Eliminar para todos',
    react: 'Reaccionar con {emoji}',
    replyTo: 'Respondes a: {text}',
    storyReply: 'Respondes a la historia de {name}',
    editing: 'Editas tu mensaje',
    cancel: 'Cancelar',
    storyReplied: 'Respuesta a la historia',
    storyMentioned: 'Mención en una historia',
    storyOver: 'La historia ya no está disponible',
    attachment: 'Adjunto: {type}',
    noName: 'Escribe un nombre.',
    notSent: 'No se pudo enviar. El texto sigue ahí: inténtalo otra vez.',
    tooLarge: 'El archivo pesa más de 25 MB.',
  },
  en: {
    messengerTitle: "Customer's Messenger",
    instagramTitle: "Customer's Instagram",
    hint: 'Pick a customer, or add one by name. Then write to the business as from their phone.',
    name: 'Name',
    username: 'Username',
    open: 'Open the chat',
    known: 'Customers',
    nobody: 'Pick a customer to open their chat.',
    back: 'Back to the customers',
    chat: 'Chat',
    power: 'Phone is on',
    on: 'On',
    off: 'Off',
    offCover: 'The phone is off. Messages will arrive when it is switched on.',
    as: 'You write as {name}',
    typing: 'typing…',
    write: 'Write a message',
    send: 'Send',
    attach: 'Send a photo or a file',
    like: 'Send {emoji}',
    mention: 'Mention the business in your story',
    story: "Reply to {name}'s story",
    empty: 'No messages here yet. Say hello to the business.',
    today: 'Today',
    yesterday: 'Yesterday',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Seen',
    edited: 'edited',
    gone: 'Message unsent',
    more: 'Message options',
    reply: 'Reply',
    edit: 'Edit',
    unsend: 'Unsend',
    react: 'React with {emoji}',
    replyTo: 'You reply to: {text}',
    storyReply: "You reply to {name}'s story",
    editing: 'You edit your message',
    cancel: 'Cancel',
    storyReplied: 'Reply to the story',
    storyMentioned: 'Mention in a story',
    storyOver: 'The story is no longer available',
    attachment: 'Attachment: {type}',
    noName: 'Write a name.',
    notSent: 'It could not be sent. Your text is still there: try again.',
    tooLarge: 'The file is larger than 25 MB.',
  },
};
const PROVIDERS = {
  messenger: {
    like: '👍',
    maxText: 2000,
    stories: false,
    reactions: [['❤', 'love'], ['😆', 'smile'], ['😮', 'wow'], ['😢', 'sad'], ['😠', 'angry'], ['👍', 'like']],
    handle: (business) => `m.me/${business.username}`,
  },
  instagram: {
    like: '❤️',
    maxText: 1000,
    stories: true,
    reactions: [['❤', 'love'], ['😂', 'other'], ['😮', 'other'], ['😢', 'other'], ['👏', 'other'], ['🔥', 'other']],
    handle: (business) => `@${business.username}`,
  },
};
// Drawn, because not every machine has a font with pictures.
const DRAWN = {
  '👍': 'M7 11v9H4v-9zM7 11l4-8c1.7 0 2.6 1.2 2.3 2.8L12.6 9H18c1.4 0 2.3 1.2 2 2.5l-1.5 6.7c-.2 1-1.1 1.8-2.2 1.8H7',
  '❤️': 'M12 20s-8-4.7-8-10.3A4.6 4.6 0 0112 6.6a4.6 4.6 0 018 3.1C20 15.3 12 20 12 20z',
};
const BUSINESS_REACTIONS = { love: '❤', like: '👍', smile: '😆', wow: '😮', sad: '😢', angry: '😠' };
const MAX_FILE = 25 << 20;

const id = document.body.dataset.provider;
const provider = PROVIDERS[id];
const LAST = `hilo.${id}.customer`;
const query = new URLSearchParams(location.search);
const param = (name) => query.get(name);
const isLink = location.pathname !== `/${id}`;

let business = null;
let customer = null;
let messages = new Map();
let typing = false;
let source = null;
let fresh = true;
// What the next message is: {kind: 'reply'|'edit'|'story', message}.
let context = null;
let opened = null;

const call = caller(`/${id}/api`);
const texts = words(TEXTS, param('lang'), () => { drawTexts(); if (customer) drawChat(); });
const t = texts.t;
const path = (one) => '/people/' + encodeURIComponent(one.key);
const messagePath = (mid) => `${path(customer)}/messages/${encodeURIComponent(mid)}`;
const media = (asset) => `/${id}/api/media/${encodeURIComponent(asset)}`;

function drawTexts() {
  texts.draw();
  $('people-title').textContent = t(id + 'Title');
  document.title = customer ? `${customer.name} · ${t(id + 'Title')}` : t(id + 'Title');
  const labels = { input: 'write', send: 'send', back: 'back', power: 'power', attach: 'attach', mention: 'mention', 'context-cancel': 'cancel' };
  for (const [node, key] of Object.entries(labels)) $(node).setAttribute('aria-label', t(key));
  for (const node of ['attach', 'mention']) $(node).title = t(node);
  $('input').placeholder = t('write');
  $('like').replaceChildren(icon(DRAWN[provider.like], { viewBox: '0 0 24 24', 'aria-hidden': 'true' }));
  $('like').setAttribute('aria-label', t('like', { emoji: provider.like }));
  document.querySelector('.handset').setAttribute('aria-label', t('chat'));
  if (customer) drawPhone();
}

async function drawPeople() {
  const people = await call('GET', '/people');
  $('known-title').hidden = people.length === 0;
  const below = (one) => one.last || (one.username ? '@' + one.username : one.key);
  $('customers').replaceChildren(...peopleList(people, customer, below, open));
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
  document.body.dataset.view = 'chat';
  drawTexts();
  drawChat(true);
  drawPeople();
  if (source) source.close();
  source = new EventSource(`/${id}/api${path(one)}/events`);
  source.addEventListener('open', () => { fresh = true; });
  source.addEventListener('chat', (event) => update(JSON.parse(event.data)));
  if (!matchMedia('(pointer: coarse)').matches) $('input').focus();
}

function update(view) {
  if (fresh) messages = new Map();
  fresh = false;
  view.messages.forEach((message) => messages.set(message.mid, message));
  customer.on = view.on;
  typing = view.typing;
  drawPhone();
  drawChat();
  readIfSeen();
  drawPeople();
}

function drawPhone() {
  $('business-name').textContent = business.name;
  $('story').textContent = initials(business.name);
  $('story').disabled = !provider.stories || !customer.on;
  $('story').setAttribute('aria-label', provider.stories ? t('story', { name: business.name }) : business.name);
  $('business-state').textContent = typing && customer.on ? t('typing') : provider.handle(business);
  $('power').checked = customer.on;
  $('power-text').textContent = t(customer.on ? 'on' : 'off');
  $('as').textContent = t('as', { name: customer.username ? `${customer.name} · @${customer.username}` : customer.name });
  $('off').hidden = customer.on;
  $('typing').hidden = !typing || !customer.on;
  for (const node of ['input', 'send', 'attach', 'mention', 'like']) $(node).disabled = !customer.on;
}

function stateOf({ marks }) {
  return marks.readAt ? 'read' : marks.deliveredAt ? 'delivered' : 'sent';
}

function note(text) {
  const node = element('span', { class: 'note' });
  node.textContent = text;
  return node;
}

function picture(asset, url, kind = '') {
  const image = element('img', { class: kind, src: asset ? media(asset) : url, alt: '' });
  image.addEventListener('error', () => image.replaceWith(note(t('storyOver'))));
  return image;
}

// Only addresses of the web become links: a payload may hold anything.
const webAddress = (url) => (/^https?:\/\//.test(url || '') ? url : null);

function attachmentNode({ type, payload, asset, name }) {
  const url = webAddress(payload && payload.url);
  const source = asset ? media(asset) : url;
  if (type === 'template') return null;
  if (type === 'story_mention') {
    const node = element('span', {}, note(t('storyMentioned')));
    if (source) node.append(picture(asset, url, 'story'));
    return node;
  }
  if (type === 'sticker' || type === 'like_heart') {
    const node = element('span', { class: 'sticker', role: 'img', 'aria-label': provider.like });
    node.append(icon(DRAWN[provider.like], { viewBox: '0 0 24 24', 'aria-hidden': 'true' }));
    return node;
  }
  if (type === 'image' && source) return picture(asset, url);
  if ((type === 'audio' || type === 'video') && source) return element(type, { src: source, controls: '' });
  if (type === 'file' && source) {
    const link = element('a', { class: 'file', href: source, target: '_blank', rel: 'noopener' });
    link.textContent = '↓ ' + (name || type);
    return link;
  }
  return note(t('attachment', { type }));
}

function shortText(message) {
  return message.body.text || t('attachment', { type: (message.body.attachments[0] || {}).type || '?' });
}

function bubble(message) {
  const own = message.fromPerson;
  const { body, marks } = message;
  const node = element('div', {
    class: 'bubble ' + (own ? 'out' : 'in'),
    'data-testid': own ? 'message-out' : 'message-in',
    'data-mid': message.mid,
  });
  const text = element('span', { class: 'text' });
  if (marks.deleted) {
    node.classList.add('gone');
    text.textContent = t('gone');
    node.append(text);
  } else {
    if (body.replyTo) {
      const quote = element('span', { class: 'quote' });
      const quoted = messages.get(body.replyTo);
      quote.textContent = quoted ? shortText(quoted) : '…';
      node.append(quote);
    }
    if (body.story) node.append(note(t('storyReplied')), picture(body.story.asset, body.story.url, 'story'));
    for (const one of body.attachments) {
      const drawn = attachmentNode(one);
      if (drawn) node.append(drawn);
    }
    text.textContent = body.text;
    node.append(text);
    node.append(...buttons(body.choices));
  }
  const time = element('time', { datetime: message.at });
  time.textContent = timeOf(message.at, texts.language);
  const meta = element('span', { class: 'meta' });
  if (marks.edits > 0 && !marks.deleted) meta.append(t('edited') + ' · ');
  meta.append(time);
  if (own) meta.append(ticks(stateOf(message), t(stateOf(message))));
  node.append(meta);
  const reactions = [marks.personReaction, marks.businessReaction && (BUSINESS_REACTIONS[marks.businessReaction] || '❤')]
    .filter(Boolean);
  if (reactions.length && !marks.deleted) {
    const badge = element('span', { class: 'reaction', 'data-testid': 'message-reaction' });
    badge.textContent = reactions.join('');
    node.append(badge);
    node.classList.add('reacted');
  }
  if (!marks.deleted) {
    const more = element('button', {
      type: 'button', class: 'more', 'data-deed': 'more', 'data-testid': 'message-more',
      'aria-label': t('more'), 'aria-expanded': String(opened === message.mid),
    });
    more.textContent = '⋯';
    node.append(more);
  }
  return node;
}

// A template's buttons stay on the message; quick replies stand above the composer instead.
function buttons(choices) {
  const own = choices.filter((choice) => choice.kind !== 'quick_reply');
  if (own.length === 0) return [];
  return [element('span', { class: 'choices' }, ...own.map((choice) => {
    const address = choice.kind === 'web_url' && webAddress(choice.value);
    const node = address
      ? element('a', { class: 'choice', href: address, target: '_blank', rel: 'noopener' })
      : element('button', {
        type: 'button', class: 'choice', 'data-deed': 'tap', 'data-testid': 'message-button', 'data-payload': choice.value,
      });
    node.textContent = choice.title;
    return node;
  }))];
}

function deeds(message) {
  const own = message.fromPerson;
  const node = element('div', { class: 'deeds ' + (own ? 'out' : 'in'), role: 'group', 'data-of': message.mid, 'aria-label': t('more') });
  const add = (deed, label, attributes = {}) => {
    const button = element('button', { type: 'button', 'data-deed': deed, 'data-testid': 'message-' + deed, ...attributes });
    button.textContent = label;
    node.append(button);
  };
  for (const [emoji, word] of provider.reactions) {
    add('react', emoji, { class: 'emoji', 'data-word': word, 'aria-label': t('react', { emoji }) });
  }
  add('reply', t('reply'));
  if (own && message.body.text && !message.body.attachments.length) add('edit', t('edit'));
  if (own) add('unsend', t('unsend'));
  return node;
}

function drawChat(toEnd = false) {
  const chat = $('chat');
  drawMessages(chat, messages, 'mid', bubble, texts, toEnd);
  const message = opened && messages.get(opened);
  if (message && !message.marks.deleted) {
    const node = chat.querySelector(`[data-mid="${CSS.escape(opened)}"]`);
    node.after(deeds(message));
    node.nextSibling.scrollIntoView({ block: 'nearest' });
  }
  drawQuickReplies();
}

// Quick replies are there until somebody writes.
function drawQuickReplies() {
  const last = [...messages.values()].sort((a, b) => a.order - b.order).at(-1);
  const choices = last && !last.fromPerson ? last.body.choices.filter((one) => one.kind === 'quick_reply') : [];
  $('quick-replies').hidden = choices.length === 0 || !customer.on;
  $('quick-replies').replaceChildren(...choices.map((choice) => {
    const button = element('button', { type: 'button', 'data-testid': 'quick-reply' });
    button.textContent = choice.title;
    button.addEventListener('click', () => attempt(() => post({ text: choice.title, quickReply: choice.value })));
    return button;
  }));
}

function readIfSeen() {
  const unread = [...messages.values()].some((message) => !message.fromPerson && !message.marks.readAt);
  const seen = document.visibilityState === 'visible' && document.body.dataset.view === 'chat';
  if (unread && seen && customer.on) call('POST', path(customer) + '/read').catch(() => {});
}

function setContext(next) {
  context = next;
  $('context').hidden = !next;
  if (!next) return;
  const kinds = {
    reply: () => t('replyTo', { text: shortText(next.message) }),
    edit: () => t('editing'),
    story: () => t('storyReply', { name: business.name }),
  };
  $('context-text').textContent = kinds[next.kind]();
}

const post = (message) => call('POST', path(customer) + '/messages', message);

async function attempt(deed) {
  try {
    await deed();
    $('send-error').hidden = true;
    return true;
  } catch (problem) {
    $('send-error').textContent = problem.shown || t('notSent');
    $('send-error').hidden = false;
    return false;
  }
}

async function send() {
  const text = $('input').value.trim();
  if (!text || !customer || $('send').disabled) return;
  $('send').disabled = true;
  const now = context;
  const sent = await attempt(() => {
    if (now && now.kind === 'edit') return call('PUT', messagePath(now.message.mid), { text });
    return post({
      text,
      ...(now && now.kind === 'reply' ? { replyTo: now.message.mid } : {}),
      ...(now && now.kind === 'story' ? { storyReply: true } : {}),
    });
  });
  if (sent) {
    $('input').value = '';
    setContext(null);
    grow($('input'));
  }
  $('send').disabled = !customer.on;
  $('input').focus();
}

async function sendFile(file) {
  await attempt(async () => {
    if (file.size > MAX_FILE) throw Object.assign(new Error('size'), { shown: t('tooLarge') });
    const kept = await call('POST', `${path(customer)}/files?name=${encodeURIComponent(file.name)}`, file);
    await post({ files: [{ type: kept.type, asset: kept.asset }] });
  });
}

async function does(deed, message, target) {
  if (deed === 'more') {
    opened = opened === message.mid ? null : message.mid;
    drawChat();
    return;
  }
  opened = null;
  if (deed === 'react') {
    const emoji = target.textContent;
    const again = message.marks.personReaction === emoji;
    await attempt(() => call('PUT', messagePath(message.mid) + '/reaction', again ? {} : { emoji, reaction: target.dataset.word }));
  } else if (deed === 'unsend') {
    await attempt(() => call('DELETE', messagePath(message.mid)));
  } else if (deed === 'tap') {
    await attempt(() => call('POST', path(customer) + '/postbacks', { title: target.textContent, payload: target.dataset.payload }));
  } else {
    setContext({ kind: deed, message });
    if (deed === 'edit') $('input').value = message.body.text;
    grow($('input'));
    $('input').focus();
  }
  drawChat();
}

$('chat').addEventListener('click', (event) => {
  const target = event.target.closest('[data-deed]');
  if (!target || !customer.on) return;
  const holder = target.closest('[data-mid], [data-of]');
  const message = messages.get(holder.dataset.mid || holder.dataset.of);
  if (message) does(target.dataset.deed, message, target);
});
$('join').addEventListener('submit', async (event) => {
  event.preventDefault();
  const name = $('name').value.trim();
  try {
    if (!name) throw new Error(t('noName'));
    open(await call('POST', '/people', { name, username: $('username').value }));
    $('join-error').hidden = true;
    $('name').value = '';
    $('username').value = '';
  } catch (problem) {
    $('join-error').textContent = problem.message;
    $('join-error').hidden = false;
  }
});
composer($('composer'), $('input'), send);
$('attach').addEventListener('click', () => $('file').click());
$('file').addEventListener('change', async () => {
  const [file] = $('file').files;
  if (file) await sendFile(file);
  $('file').value = '';
});
$('like').addEventListener('click', () => attempt(() => post({ like: true })));
$('mention').addEventListener('click', () => attempt(() => post({ storyMention: true })));
$('story').addEventListener('click', () => { setContext({ kind: 'story' }); $('input').focus(); });
$('context-cancel').addEventListener('click', () => {
  if (context && context.kind === 'edit') $('input').value = '';
  setContext(null);
});
$('power').addEventListener('change', (event) =>
  call('PUT', path(customer) + '/power', { on: event.target.checked }).catch(() => {
    event.target.checked = customer.on;
  }));
$('back').addEventListener('click', () => { document.body.dataset.view = 'people'; drawPeople(); });
document.addEventListener('visibilitychange', () => { if (customer) readIfSeen(); });

async function start() {
  [business] = await call('GET', '/accounts');
  $('input').maxLength = provider.maxText;
  drawTexts();
  const people = await drawPeople();
  $('input').value = param('text') || '';
  if (param('name') || param('username')) {
    open(await call('POST', '/people', { name: param('name') || '', username: param('username') || '' }));
  } else if (isLink) {
    // A link to the chat opens on the phone that was used last.
    const last = people.find((one) => one.key === localStorage.getItem(LAST));
    if (last) open(last);
  }
  if (isLink && customer && param('ref')) await call('POST', path(customer) + '/referrals', { ref: param('ref') });
  grow($('input'));
  setInterval(() => { if (document.visibilityState === 'visible') drawPeople().catch(() => {}); }, 5000);
}

start();
