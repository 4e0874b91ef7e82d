// A customer's mail: who am I, what came, what I write. Talks to /mail/api.

const TEXTS = {
  es: {
    title: 'Correo del cliente',
    hint: 'Elige un cliente o agrega uno con su dirección. Escribe a la tienda como lo haría desde su correo.',
    address: 'Dirección de correo',
    name: 'Nombre',
    open: 'Abrir el correo',
    known: 'Clientes',
    nobody: 'Elige un cliente para abrir su correo.',
    back: 'Volver a los clientes',
    toList: '← Volver a la lista',
    away: 'Fuera de la oficina',
    write: 'Escribir',
    inbox: 'Recibidos',
    sent: 'Enviados',
    emptyInbox: 'Aquí aún no hay correos. Escríbele a la tienda.',
    emptySent: 'Aún no has enviado nada.',
    nothing: 'Elige un correo para leerlo.',
    noSubject: '(sin asunto)',
    forYou: 'para {to}',
    forYouCc: 'para {to}, con copia a {cc}',
    reply: 'Responder',
    newTitle: 'Correo nuevo',
    replyTitle: 'Responder a {name}',
    to: 'Para',
    cc: 'Con copia a',
    subject: 'Asunto',
    text: 'Texto',
    program: 'Escrito con',
    attach: 'Archivos',
    cancel: 'Descartar',
    send: 'Enviar',
    noText: 'Escribe algo antes de enviar.',
    noTo: 'Escribe una dirección como ayuda@tienda-aurora.example.',
    tooLarge: 'Los archivos juntos pueden tener hasta 15 MB.',
    notSent: 'No se pudo enviar. El texto sigue ahí: inténtalo otra vez.',
    wrongAddress: 'Escribe una dirección como ana@example.com.',
    shopAddress: 'Esa dirección es de la tienda. Elige la de un cliente.',
    unread: 'sin leer',
  },
  en: {
    title: 'Customer mail',
    hint: 'Pick a customer, or add one by address. Then write to the shop as from their mail.',
    address: 'Mail address',
    name: 'Name',
    open: 'Open the mail',
    known: 'Customers',
    nobody: 'Pick a customer to open their mail.',
    back: 'Back to the customers',
    toList: '← Back to the list',
    away: 'Out of office',
    write: 'Write',
    inbox: 'Inbox',
    sent: 'Sent',
    emptyInbox: 'No mail here yet. Write to the shop.',
    emptySent: 'Nothing sent yet.',
    nothing: 'Pick a mail to read it.',
    noSubject: '(no subject)',
    forYou: 'to {to}',
    forYouCc: 'to {to}, copy to {cc}',
    reply: 'Reply',
    newTitle: 'New mail',
    replyTitle: 'Reply to {name}',
    to: 'To',
    cc: 'Copy to',
    subject: 'Subject',
    text: 'Text',
    program: 'Written with',
    attach: 'Files',
    cancel: 'Discard',
    send: 'Send',
    noText: 'Write something before sending.',
    noTo: 'Write an address such as ayuda@tienda-aurora.example.',
    tooLarge: 'All files together can have up to 15 MB.',
    notSent: 'It could not be sent. Your text is still there: try again.',
    wrongAddress: 'Write an address such as ana@example.com.',
    shopAddress: 'That address is the shop’s. Choose a customer’s.',
    unread: 'unread',
  },
};
const LANGUAGE = 'hilo.mail.language';
const TINTS = ['#8a5aa8', '#2f7d8c', '#b0622f', '#4f7a3a', '#a84a6a', '#4a63b0'];
const MOST_BYTES = 15 * 1024 * 1024;

const $ = (id) => document.getElementById(id);
const param = (name) => new URLSearchParams(location.search).get(name);

let language = param('lang') || localStorage.getItem(LANGUAGE) || (navigator.language || 'es').slice(0, 2);
if (!TEXTS[language]) language = 'es';
let shops = [];
let customer = null;
let view = { inbox: [], sent: [], away: null };
let folder = 'INBOX';
let shown = null;
let answers = null;
let source = null;

const t = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), TEXTS[language][key]);

async function call(method, path, body) {
  const answer = await fetch('/mail/api' + path, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error || answer.status);
  return json;
}

const path = (address) => '/customers/' + encodeURIComponent(address);
const mailPath = (uid) => `${path(customer.address)}/messages/${folder}/${uid}`;

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function avatar(name) {
  const tint = TINTS[[...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TINTS.length];
  const words = name.replace(/[^\p{L}\p{N} ]/gu, '').trim().split(/\s+/);
  const initials = ((words[0] || '?')[0] + (words[1] || '').slice(0, 1)).toUpperCase();
  return element('span', { class: 'avatar', 'aria-hidden': 'true', style: `--tint:${tint}` }, initials);
}

function clip() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'clip');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', t('attach'));
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', 'M4 8l5-5a2.5 2.5 0 0 1 4 4l-6 6a4 4 0 0 1-6-6l6-6');
  svg.append(line);
  return svg;
}

function when(at, long) {
  const time = new Date(at);
  const clock = { hour: '2-digit', minute: '2-digit' };
  if (!long && time.toDateString() === new Date().toDateString()) return time.toLocaleTimeString(language, clock);
  const day = { day: 'numeric', month: long ? 'long' : 'short' };
  return time.toLocaleString(language, long ? { ...day, year: 'numeric', ...clock } : day);
}

function drawTexts() {
  document.documentElement.lang = language;
  document.querySelectorAll('[data-t]').forEach((node) => { node.textContent = t(node.dataset.t); });
  document.querySelectorAll('[data-language]').forEach((button) =>
    button.setAttribute('aria-pressed', String(button.dataset.language === language)));
  document.title = customer ? `${customer.name} · ${t('title')}` : t('title');
  $('back').setAttribute('aria-label', t('back'));
  $('compose-title').textContent = answers ? t('replyTitle', { name: answers.fromName }) : t('newTitle');
  if (customer) drawMail();
  if (shown) drawShown();
}

async function drawPeople() {
  const people = await call('GET', '/customers');
  $('known-title').hidden = people.length === 0;
  $('customers').replaceChildren(...people.map((one) => {
    const button = element('button', { type: 'button', 'data-testid': 'mail-customer', 'data-key': one.address },
      avatar(one.name), element('b', {}, one.name));
    if (one.unread > 0) button.append(element('span', { class: 'count', title: t('unread') }, String(one.unread)));
    button.append(element('small', {}, one.last || one.address));
    if (customer && customer.address === one.address) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => open(one));
    return element('li', {}, button);
  }));
}

function open(one) {
  customer = one;
  view = { inbox: [], sent: [], away: null };
  folder = 'INBOX';
  $('window').hidden = false;
  $('nobody').hidden = true;
  document.body.dataset.view = 'mail';
  showNothing();
  drawTexts();
  drawPeople();
  if (source) source.close();
  source = new EventSource('/mail/api' + path(one.address) + '/events');
  source.addEventListener('mail', (event) => {
    view = JSON.parse(event.data);
    drawMail();
    drawPeople().catch(() => {});
  });
}

function drawMail() {
  $('owner-name').textContent = customer.name;
  $('owner-address').textContent = customer.address;
  $('away').checked = view.away === true;
  const unread = view.inbox.filter((mail) => !mail.seen).length;
  $('folder-inbox').textContent = t('inbox') + (unread ? ` (${unread})` : '');
  $('folder-sent').textContent = t('sent');
  for (const tab of document.querySelectorAll('[data-folder]')) {
    tab.setAttribute('aria-selected', String(tab.dataset.folder === folder));
  }
  const mails = folder === 'INBOX' ? view.inbox : view.sent;
  const items = mails.map((mail) => {
    const button = element('button', { type: 'button', 'data-testid': 'mail-item', 'data-uid': mail.uid,
      'data-unread': String(!mail.seen) },
    element('span', { class: 'name' }, folder === 'INBOX' ? mail.from : mail.to),
    element('time', { datetime: mail.at }, when(mail.at)),
    element('span', { class: 'about' }, mail.subject || t('noSubject')),
    element('small', {}, mail.start));
    if (mail.files) button.children[2].prepend(clip());
    if (shown && shown.uid === mail.uid && shown.folder === folder) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => read(mail.uid));
    return element('li', {}, button);
  });
  if (!items.length) {
    items.push(element('li', { class: 'empty' }, t(folder === 'INBOX' ? 'emptyInbox' : 'emptySent')));
  }
  $('list').replaceChildren(...items);
}

function panes(what) {
  $('panes').dataset.shows = what;
}

function showNothing() {
  shown = null;
  $('shown').hidden = true;
  $('compose').hidden = true;
  $('nothing').hidden = false;
  panes('list');
}

async function read(uid) {
  const opened = folder;
  const mail = await call('GET', mailPath(uid));
  shown = { ...mail, folder: opened };
  $('compose').hidden = true;
  $('nothing').hidden = true;
  $('shown').hidden = false;
  panes('reading');
  drawShown();
  drawMail();
  $('reading').focus();
}

function drawShown() {
  const address = `/mail/api${path(customer.address)}/messages/${shown.folder}/${shown.uid}`;
  $('subject').textContent = shown.subject || t('noSubject');
  $('from').textContent = shown.fromName ? `${shown.fromName} <${shown.from}>` : shown.from;
  $('at').textContent = when(shown.at, true);
  $('to').textContent = t(shown.cc.length ? 'forYouCc' : 'forYou', { to: shown.to.join(', '), cc: shown.cc.join(', ') });
  $('html').hidden = !shown.html;
  $('text').hidden = shown.html;
  // The HTML is not ours: its own address, no scripts, no origin.
  if (shown.html && $('html').getAttribute('src') !== address + '/html') $('html').src = address + '/html';
  $('html').title = shown.subject || t('noSubject');
  $('text').textContent = shown.text;
  $('files').replaceChildren(...shown.files.map((file, index) =>
    element('li', {}, element('a', { href: `${address}/files/${index}`, download: file.name, 'data-testid': 'mail-file' },
      `${file.name} · ${Math.ceil(file.bytes / 1024)} kB`))));
  $('reply').hidden = shown.folder !== 'INBOX';
}

function compose(answered) {
  answers = answered;
  const replySubject = answered && (/^re:/i.test(answered.subject) ? answered.subject : `Re: ${answered.subject}`);
  $('compose-to').value = answered ? answered.from : param('to') || (shops[0] ? shops[0].address : '');
  $('compose-to').disabled = Boolean(answered);
  $('compose-subject').disabled = Boolean(answered);
  $('compose-cc').value = '';
  $('compose-subject').value = answered ? replySubject : param('subject') || '';
  $('compose-text').value = '';
  $('attach').value = '';
  $('compose-error').hidden = true;
  $('compose-title').textContent = answered ? t('replyTitle', { name: answered.fromName }) : t('newTitle');
  $('nothing').hidden = true;
  $('shown').hidden = !answered;
  $('compose').hidden = false;
  panes('reading');
  $(answered ? 'compose-text' : 'compose-subject').focus();
  $('compose').scrollIntoView({ block: 'nearest' });
}

const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

async function send() {
  const files = [...$('attach').files];
  const problem = !$('compose-to').value.trim() ? 'noTo'
    : !$('compose-text').value.trim() ? 'noText'
      : files.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES ? 'tooLarge' : null;
  if (problem) return complain(problem);
  $('send').disabled = true;
  try {
    await call('POST', path(customer.address) + '/messages', {
      to: $('compose-to').value,
      cc: $('compose-cc').value,
      subject: $('compose-subject').value,
      text: $('compose-text').value,
      program: $('program').value,
      answers: answers ? { folder: answers.folder, uid: answers.uid } : undefined,
      attachments: await Promise.all(files.map(async (file) =>
        ({ name: file.name, type: file.type, base64: await base64(file) }))),
    });
    answers = null;
    $('compose').hidden = true;
    if (!shown) showNothing();
  } catch (refusal) {
    complain(/^address/.test(refusal.message) ? 'noTo' : 'notSent');
  } finally {
    $('send').disabled = false;
  }
}

function complain(key) {
  $('compose-error').textContent = t(key);
  $('compose-error').hidden = false;
}

async function join(address, name) {
  try {
    const one = await call('POST', '/customers', { address, name, language });
    $('join-error').hidden = true;
    $('address').value = '';
    $('name').value = '';
    open(one);
  } catch (problem) {
    $('address').value = address;
    $('join-error').textContent = t(/shop/.test(problem.message) ? 'shopAddress' : 'wrongAddress');
    $('join-error').hidden = false;
  }
}

$('join').addEventListener('submit', (event) => {
  event.preventDefault();
  join($('address').value.trim(), $('name').value);
});
$('compose').addEventListener('submit', (event) => { event.preventDefault(); send(); });
$('new').addEventListener('click', () => { shown = null; drawMail(); compose(null); });
$('reply').addEventListener('click', () => compose(shown));
$('cancel').addEventListener('click', () => {
  $('compose').hidden = true;
  answers = null;
  if (!shown) showNothing();
});
$('to-list').addEventListener('click', showNothing);
$('away').addEventListener('change', (event) =>
  call('PUT', path(customer.address) + '/away', { away: event.target.checked }).catch(() => drawMail()));
$('back').addEventListener('click', () => { document.body.dataset.view = 'people'; drawPeople(); });
document.querySelectorAll('[data-folder]').forEach((tab) => tab.addEventListener('click', () => {
  folder = tab.dataset.folder;
  showNothing();
  drawMail();
}));
document.querySelectorAll('[data-language]').forEach((button) => button.addEventListener('click', () => {
  language = button.dataset.language;
  localStorage.setItem(LANGUAGE, language);
  drawTexts();
}));

async function start() {
  drawTexts();
  shops = await call('GET', '/shops');
  $('shops').replaceChildren(...shops.map((shop) => element('option', { value: shop.address }, shop.name)));
  await drawPeople();
  if (param('address')) await join(param('address'), param('name') || '');
  if (customer && (param('to') || param('subject'))) compose(null);
  setInterval(() => { if (document.visibilityState === 'visible') drawPeople().catch(() => {}); }, 5000);
}

start();
