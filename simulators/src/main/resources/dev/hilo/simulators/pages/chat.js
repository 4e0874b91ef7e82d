// What the customers' phones have in common: words, faces, ticks, days, the call to their API.

const TINTS = ['#8a5aa8', '#2f7d8c', '#b0622f', '#4f7a3a', '#a84a6a', '#4a63b0'];
const ONE_TICK = 'M3 7l3 3 6-7';
const TWO_TICKS = 'M1 7l3 3 6-7M8 9.5l.7.5 6-7';
const SVG = 'http://www.w3.org/2000/svg';
const LANGUAGE = 'hilo.phone.language';

export const $ = (id) => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function icon(path, attributes = {}) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, '').trim().split(/\s+/);
  return ((words[0] || '?')[0] + (words[1] || '').slice(0, 1)).toUpperCase();
}

export function avatar(name) {
  const tint = TINTS[[...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TINTS.length];
  const node = element('span', { class: 'avatar', 'aria-hidden': 'true', style: `--tint:${tint}` });
  node.textContent = initials(name);
  return node;
}

export function ticks(state, label) {
  return icon(state === 'sent' ? ONE_TICK : TWO_TICKS, {
    viewBox: '0 0 16 12',
    class: 'ticks ' + state,
    role: 'img',
    'aria-label': label,
    'data-state': state,
  });
}

// The page's words in the language that was asked for, chosen before, or the browser's.
export function words(texts, wanted, redraw) {
  let language = wanted || localStorage.getItem(LANGUAGE) || (navigator.language || 'es').slice(0, 2);
  if (!texts[language]) language = 'es';
  const own = {
    get language() { return language; },
    t: (key, values = {}) => Object.entries(values).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, value), texts[language][key]),
    draw() {
      document.documentElement.lang = language;
      document.querySelectorAll('[data-t]').forEach((node) => { node.textContent = own.t(node.dataset.t); });
      document.querySelectorAll('[data-language]').forEach((button) =>
        button.setAttribute('aria-pressed', String(button.dataset.language === language)));
    },
  };
  document.querySelectorAll('[data-language]').forEach((button) => button.addEventListener('click', () => {
    language = button.dataset.language;
    localStorage.setItem(LANGUAGE, language);
    redraw();
  }));
  return own;
}

export const caller = (base) => async (method, path, body) => {
  const raw = body instanceof Blob;
  const answer = await fetch(base + path, {
    method,
    headers: body ? { 'Content-Type': raw ? body.type || 'application/octet-stream' : 'application/json' } : {},
    body: raw ? body : body ? JSON.stringify(body) : undefined,
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error || answer.status);
  return json;
};

// Everybody who has a phone; whoever is open now is marked.
export function peopleList(people, current, below, open) {
  return people.map((one) => {
    const name = element('b');
    name.textContent = one.name;
    const line = element('small');
    line.textContent = below(one);
    const button = element('button', { type: 'button', 'data-testid': 'phone-customer', 'data-key': one.key },
      avatar(one.name), name);
    if (one.unread > 0) {
      const count = element('span', { class: 'count' });
      count.textContent = one.unread;
      button.append(count);
    }
    button.append(line);
    if (current && current.key === one.key) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => open(one));
    return element('li', {}, button);
  });
}

export const timeOf = (at, language) =>
  new Date(at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });

function dayOf(at, { t, language }) {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return t('today');
  if (day === new Date(Date.now() - 864e5).toDateString()) return t('yesterday');
  return new Date(at).toLocaleDateString(language, { day: 'numeric', month: 'long' });
}

// Draws messages day by day and stays at the end; id tells which attribute names a message.
export function drawMessages(chat, messages, id, bubble, texts, toEnd) {
  const atEnd = toEnd || chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
  const nodes = [];
  let day = null;
  for (const message of [...messages.values()].sort((a, b) => a.order - b.order)) {
    if (dayOf(message.at, texts) !== day) {
      day = dayOf(message.at, texts);
      const node = element('div', { class: 'day' });
      node.textContent = day;
      nodes.push(node);
    }
    const now = bubble(message);
    const old = chat.querySelector(`[data-${id}="${CSS.escape(message[id])}"]`);
    // Nodes that did not change stay, so that a screen reader does not read them again.
    nodes.push(old && old.isEqualNode(now) ? old : now);
  }
  if (nodes.length === 0) {
    const node = element('p', { class: 'empty' });
    node.textContent = texts.t('empty');
    nodes.push(node);
  }
  chat.replaceChildren(...nodes);
  if (!atEnd) return;
  const toTheEnd = () => { chat.scrollTop = chat.scrollHeight; };
  toTheEnd();
  // A picture takes its room only when it is there.
  for (const image of chat.querySelectorAll('img')) {
    if (!image.complete) image.addEventListener('load', toTheEnd, { once: true });
  }
}

export function grow(input) {
  input.style.height = 'auto';
  input.style.height = Math.min(input.scrollHeight + 2, 128) + 'px';
}

// Enter sends, with shift it is a line break.
export function composer(form, input, send) {
  form.addEventListener('submit', (event) => { event.preventDefault(); send(); });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  });
  input.addEventListener('input', () => grow(input));
}
